CREATE TABLE hts.models (
    version text PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL CHECK (state IN ('candidate', 'champion', 'retired', 'rejected')),
    epoch bigint,
    effective_from timestamptz,
    uri text NOT NULL,
    sha256 text NOT NULL,
    job_name text NOT NULL,
    train_uri text NOT NULL,
    created_at timestamptz NOT NULL,
    reason text NOT NULL,
    mean_pct double precision[] NOT NULL,
    metrics jsonb NOT NULL,
    decision jsonb NOT NULL
);
CREATE INDEX models_created_at ON hts.models (created_at);

CREATE TABLE hts.training_runs (
    job_name text PRIMARY KEY,
    run_ts timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('preparing', 'training', 'evaluating', 'promoted', 'rejected', 'failed')),
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    rows bigint,
    model_version text,
    backend text NOT NULL,
    reason text NOT NULL
);
CREATE INDEX training_runs_started_at ON hts.training_runs (started_at);

CREATE TABLE hts.events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ts timestamptz NOT NULL,
    kind text NOT NULL,
    level text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
    symbol text,
    message text NOT NULL
);
CREATE INDEX events_symbol ON hts.events (symbol, id);
