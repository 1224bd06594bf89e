-- Tokens of programs, as digests; "scopes" is a list of words with spaces between.
create table if not exists account_token (
  id varchar not null primary key,
  token_digest varchar not null unique,
  user_id varchar not null references account_user (id),
  title varchar not null,
  scopes varchar not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  used_at timestamp(6) with time zone
);

create index if not exists account_token_by_user on account_token (user_id);
