-- Looks at a training file beside a base, asked for in the browser. "result" is preflight.json, '' until it is there.
create table if not exists preflight (
  id varchar not null primary key,
  base_id varchar not null,
  base_name varchar not null,
  tuned_id varchar not null,
  tuned_name varchar not null,
  file_name text not null,
  facts varchar not null,
  author varchar not null,
  state varchar not null,
  message text not null,
  result text not null,
  asked_at timestamp(6) with time zone not null
);

create index if not exists preflight_by_time on preflight (asked_at);
