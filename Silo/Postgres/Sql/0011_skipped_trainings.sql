-- An hour that passed without a training has a row that says so.
ALTER TABLE hts.training_runs DROP CONSTRAINT training_runs_state_check;
ALTER TABLE hts.training_runs ADD CONSTRAINT training_runs_state_check
    CHECK (state IN ('preparing', 'training', 'evaluating', 'promoted', 'rejected', 'failed', 'skipped'));
