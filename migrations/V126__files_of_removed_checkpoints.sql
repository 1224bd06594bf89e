-- What checkpoints consisted of that were removed after they were read whole: evidence of their audits signs their files still.
create table if not exists removed_checkpoint_file (
  root varchar not null,
  location varchar not null,
  path varchar not null,
  bytes bigint not null,
  sha256 varchar not null,
  primary key (root, path)
);
