-- The secret of a person's authenticator, and the last time step of which a code was taken: each counts once.
create table if not exists account_totp (
  user_id varchar not null primary key references account_user (id),
  secret varchar not null,
  confirmed boolean not null,
  last_step bigint not null
);

-- Codes for whoever lost the authenticator, as digests; a row goes when its code is used.
create table if not exists account_recovery (
  user_id varchar not null references account_user (id),
  code_digest varchar not null,
  primary key (user_id, code_digest)
);
