-- Their rows were moved by version 21 (storage.OutcomesByContent), which needs digests.
drop table outcome_with_texts;
