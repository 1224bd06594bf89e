-- A list of audits is read a page at a time, newest first, and shows each report's verdict: both from an index, past plans and reports.
create index if not exists audit_by_time on audit (frozen_at desc, id);
create index if not exists report_summary on report (audit_id, shape, verdict, digest);
