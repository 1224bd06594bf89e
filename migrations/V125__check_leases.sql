-- Who checks a checkpoint that is CHECKING, and until when unless the lease is renewed; null for nobody.
alter table checkpoint add column if not exists lease_owner varchar;
alter table checkpoint add column if not exists lease_until timestamp(6) with time zone;
