-- Who asked for an audit (digest '') and who brought the checkpoints that it tests, written with the plan; users by their ids.
create table if not exists audit_person (
  audit_id varchar not null references audit (id),
  digest varchar not null,
  user_id varchar not null,
  primary key (audit_id, digest, user_id)
);
