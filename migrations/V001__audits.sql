-- Audits, their jobs, and what came out. One dialect for H2 and PostgreSQL 15.

-- A frozen plan. The plan is canonical JSON (RFC 8785) and never changes; its digest is the pre-registration.
create table audit (
  id varchar not null primary key,
  plan text not null,
  plan_digest varchar not null,
  frozen_at timestamp(6) with time zone not null,
  finished_at timestamp(6) with time zone
);

create index audit_by_plan on audit (plan_digest);

-- Named facts about how an audit ran: engine, device, digests. Written as they become known.
create table provenance (
  audit_id varchar not null references audit (id),
  name varchar not null,
  fact text not null,
  primary key (audit_id, name)
);

-- One job per audit. A running job belongs to the process that renews its lease.
create table job (
  audit_id varchar not null primary key references audit (id),
  state varchar not null,
  message text not null,
  queued_at timestamp(6) with time zone not null,
  lease_owner varchar,
  lease_until timestamp(6) with time zone
);

create index job_by_state on job (state, queued_at);

-- What a model computed, by everything it depends on: log-probabilities or text, before any scorer
-- saw it. Shared by all audits, so that a base is run once and a better scorer can score again.
create table raw_result (
  content_key varchar not null primary key,
  body text not null,
  computed_at timestamp(6) with time zone not null
);

-- One item on one arm of one audit, scored.
create table outcome (
  audit_id varchar not null references audit (id),
  suite varchar not null,
  arm varchar not null,
  item_id varchar not null,
  state varchar not null,
  score double precision not null,
  prompt text not null,
  output text not null,
  extracted text not null,
  explanation text not null,
  details text not null,
  content_key varchar,
  primary key (audit_id, suite, arm, item_id)
);
