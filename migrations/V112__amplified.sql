-- Candidates of amplified sampling and what came of asking them again at plain scale; exploratory.
create table if not exists amplified (
  audit_id varchar not null references audit (id) primary key,
  body text not null,
  sampled_at timestamp(6) with time zone not null
);
