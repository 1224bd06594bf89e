-- What a person said a file's sha256 is, for files of uploads.
alter table upload add column if not exists expected varchar;

-- The files of checkpoints that were read whole, by content.
create table if not exists checkpoint_file (
  checkpoint_id varchar not null references checkpoint (id),
  path varchar not null,
  bytes bigint not null,
  sha256 varchar not null,
  primary key (checkpoint_id, path)
);

create index if not exists checkpoint_file_by_content on checkpoint_file (sha256, bytes);

create index if not exists checkpoint_by_digest on checkpoint (digest);
