-- Where a run trains, what earlier runs took there, and what it took and cost itself.
ALTER TABLE hts.training_runs ADD COLUMN place text, ADD COLUMN estimated_seconds double precision,
    ADD COLUMN billable_seconds double precision, ADD COLUMN cost double precision;
