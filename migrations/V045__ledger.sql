-- What happened in this installation, each row chained to the one before it by its hash; rows are only ever added.
create table if not exists ledger (
  seq bigint not null primary key,
  hash varchar not null,
  body text not null
);

-- The end of the chain. Whoever adds a row holds this one until the transaction ends, so that rows follow each other.
create table if not exists ledger_head (
  id int not null primary key,
  seq bigint not null,
  hash varchar not null
);

insert into ledger_head (id, seq, hash)
select 1, 0, '0000000000000000000000000000000000000000000000000000000000000000'
where not exists (select 1 from ledger_head);

-- Heads of the chain as they were signed: DSSE envelopes.
create table if not exists ledger_signature (
  seq bigint not null,
  key_id varchar not null,
  envelope text not null,
  signed_at timestamp(6) with time zone not null,
  primary key (seq, key_id)
);
