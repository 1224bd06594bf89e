alter table if exists outcome rename to outcome_with_texts;
