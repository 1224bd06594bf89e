-- Checkpoints people registered or uploaded, and the files of uploads that are under way.
create table checkpoint (
  id varchar primary key,
  name varchar not null,
  name_key varchar not null unique,
  kind varchar not null,
  base_id varchar references checkpoint (id),
  origin varchar not null,
  location varchar not null,
  bytes bigint not null,
  digest varchar,
  inspection text,
  state varchar not null,
  problem varchar,
  created_at timestamp(6) with time zone not null
);

create table upload (
  id varchar not null unique,
  checkpoint_id varchar not null references checkpoint (id),
  path varchar not null,
  length bigint not null,
  received bigint not null,
  modified bigint not null,
  expires_at timestamp(6) with time zone not null,
  primary key (checkpoint_id, path)
);
