-- People who sign in. A row is never taken away, so that what somebody signed keeps its name; while there is none, whoever uses this machine may do everything.
create table if not exists account_user (
  id varchar not null primary key,
  name varchar not null unique,
  printed_name varchar not null,
  role varchar not null,
  password_hash varchar,
  disabled boolean not null,
  created_at timestamp(6) with time zone not null
);

-- Who is signed in. Of the token in the browser's cookie only the digest is kept.
create table if not exists account_session (
  id varchar not null primary key,
  token_digest varchar not null unique,
  user_id varchar not null references account_user (id),
  address varchar not null,
  browser varchar not null,
  second_factor boolean not null,
  started_at timestamp(6) with time zone not null,
  seen_at timestamp(6) with time zone not null,
  confirmed_at timestamp(6) with time zone not null
);

create index if not exists account_session_by_user on account_session (user_id);

-- Addresses by which a person sets a password without knowing another; one at a time for each.
create table if not exists account_invitation (
  user_id varchar not null primary key references account_user (id),
  token_digest varchar not null unique,
  expires_at timestamp(6) with time zone not null
);
