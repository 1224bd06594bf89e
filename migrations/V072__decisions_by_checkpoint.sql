-- A decision is on one checkpoint of a report; arm is '' in decisions on a whole audit, as they were made before. Rows are only ever added.
alter table sign_off add column if not exists arm varchar default '' not null;
alter table sign_off add column if not exists arm_digest varchar default '' not null;
alter table sign_off add column if not exists accepted text default '' not null;
alter table sign_off add column if not exists condition_text varchar default '' not null;
alter table sign_off add column if not exists expires_on date;
alter table sign_off add column if not exists approvals int default 1 not null;
alter table sign_off add column if not exists independence varchar default '' not null;

-- Which of a person's decisions on a checkpoint of a report it is: what is sent twice is there once.
alter table sign_off add column if not exists turn bigint default 0 not null;
update sign_off set turn = id;
create unique index if not exists sign_off_once on sign_off (audit_id, report_digest, arm, user_id, turn);
create index if not exists sign_off_by_checkpoint on sign_off (arm_digest);
