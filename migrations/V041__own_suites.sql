-- Suites that people made here, as the texts of their two files. A row never changes: other items are another version.
create table own_suite (
  id varchar not null,
  version varchar not null,
  digest varchar not null,
  suite text not null,
  items text not null,
  stored_at timestamp(6) with time zone not null,
  primary key (id, version)
);
