-- Their rows were moved by version 21 (storage.OutcomesByContent), which needs digests.
drop table if exists outcome_with_texts;
