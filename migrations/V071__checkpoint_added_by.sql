-- The user who brought a checkpoint; '' where nobody was signed in.
alter table checkpoint add column if not exists added_by varchar default '' not null;
create index if not exists checkpoint_by_digest on checkpoint (digest);
