-- The keys that people sign their decisions with. "sealed" is the private half, encrypted under a key made of the person's password; '' once nobody can open it any more. A row is never taken away, so that what was signed can still be checked.
create table if not exists account_key (
  id varchar not null primary key,
  user_id varchar not null references account_user (id),
  printed_name varchar not null,
  public_key varchar not null,
  sealed varchar not null,
  made_at timestamp(6) with time zone not null
);
create index if not exists account_key_by_user on account_key (user_id);
