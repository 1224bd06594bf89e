-- Who a person is at an OpenID Connect provider: issuer and subject together, and nothing else. Name and mail address are what the provider said last, to be shown.
create table if not exists account_identity (
  issuer varchar not null,
  subject varchar not null,
  user_id varchar not null references account_user (id),
  shown_name varchar not null,
  email varchar not null,
  linked_at timestamp(6) with time zone not null,
  seen_at timestamp(6) with time zone,
  primary key (issuer, subject)
);

create index if not exists account_identity_by_user on account_identity (user_id);

-- By which provider a session began ('' for a password here), and how the person proved there who it is.
alter table account_session add column if not exists issuer varchar default '' not null;
alter table account_session add column if not exists proof varchar default '' not null;

-- Each time that somebody proved anew at the provider who it is, before a decision; rows are only ever added. No token is kept.
create table if not exists account_proof (
  id varchar not null primary key,
  user_id varchar not null references account_user (id),
  issuer varchar not null,
  acr varchar not null,
  amr varchar not null,
  proved_at timestamp(6) with time zone not null,
  noted_at timestamp(6) with time zone not null
);
