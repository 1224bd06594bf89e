-- Versions 20 to 22 may be cut short at any statement and are begun again then: each does only what is still to be done.

-- What lists show stands beside the plan, so that nobody has to read plans to show a list.
alter table audit add column if not exists title varchar default '' not null;
alter table audit add column if not exists base_name varchar default '' not null;
alter table audit add column if not exists tuned_names text default '[]' not null;
alter table audit add column if not exists planned integer default 0 not null;

-- Texts by the digest of their content: what arms and audits share is kept once.
create table if not exists text_body (
  text_key varchar not null primary key,
  body text not null
);

-- One row, locked while texts are referred to or swept, so that no text goes that was just found to be there.
create table if not exists text_guard (
  id integer not null primary key
);
insert into text_guard (id) select 1 where not exists (select id from text_guard);

-- The report of a finished audit, made once. The shape names the fields that the program knew.
create table if not exists report (
  audit_id varchar not null primary key,
  shape varchar not null,
  verdict varchar not null,
  digest varchar not null,
  body text not null,
  stored_at timestamp(6) with time zone not null
);
