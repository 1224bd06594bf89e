-- What the history of a base shows of each checkpoint of each report, so that nobody has to read reports to show it. Goes with its report.
create table report_arm (
  audit_id varchar not null references report (audit_id) on delete cascade,
  place integer not null,
  shape varchar not null,
  base_digest varchar not null,
  base_name varchar not null,
  title varchar not null,
  tuned varchar not null,
  tuned_digest varchar not null,
  verdict varchar not null,
  frozen_at timestamp(6) with time zone not null,
  figures text not null,
  primary key (audit_id, place)
);

-- Bases are counted in this index alone; the newest checkpoints of one are found by it.
create index report_arm_by_base on report_arm (base_digest, frozen_at desc, audit_id, shape, base_name);
