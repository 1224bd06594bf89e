-- Gate policies that were registered, by the digest of their canonical JSON. A row never changes and is never taken away: its time is what it is kept for.
create table if not exists gate_policy (
  digest varchar not null primary key,
  name varchar not null,
  body text not null,
  registered_at timestamp(6) with time zone not null
);
-- Which audits were made of a base, so that what was seen on it is found without reading their plans.
alter table audit add column if not exists base_digest varchar default '' not null;
create index if not exists audit_by_base on audit (base_digest, frozen_at desc);
