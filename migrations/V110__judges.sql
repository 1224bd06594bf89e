-- What judges say of answers, by the digests of both: a judge that has read an answer need not read it again.
create table if not exists judge_grade (
  judge_digest varchar not null,
  answer_digest varchar not null,
  aspect varchar not null,
  score double precision,
  mass double precision not null,
  graded_at timestamp(6) with time zone not null,
  primary key (judge_digest, answer_digest, aspect)
);

-- Which judge has read which audit, and how far it agrees with the labelled answers.
create table if not exists judge_run (
  audit_id varchar not null references audit (id),
  judge_digest varchar not null,
  name varchar not null,
  prompt varchar not null,
  verified boolean not null,
  seed bigint not null,
  agreement text not null,
  judged_at timestamp(6) with time zone not null,
  primary key (audit_id, judge_digest)
);

-- Whose answer has which digest; what the judge is shown says nothing of it.
create table if not exists judged_answer (
  audit_id varchar not null references audit (id),
  suite varchar not null,
  item_id varchar not null,
  arm varchar not null,
  answer_digest varchar not null,
  primary key (audit_id, suite, item_id, arm)
);
