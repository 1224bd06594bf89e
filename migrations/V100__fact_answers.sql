-- What a base answered to the facts of a training file, by the digest of everything that the answers depend on.
create table if not exists fact_answers (
  answer_key varchar not null primary key,
  body text not null,
  answered_at timestamp(6) with time zone not null
);
