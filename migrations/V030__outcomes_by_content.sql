-- Which outcomes stand on a raw result: asked when an audit is removed, so that what no other audit needs goes with it.
create index if not exists outcome_by_content on outcome (content_key);
