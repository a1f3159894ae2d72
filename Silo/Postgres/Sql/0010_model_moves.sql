-- Who moved the serving model when and why, and from which slot on this cluster served each epoch: what was answered once stands,
-- whatever becomes of the object storage.
CREATE TABLE hts.model_moves (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    action text NOT NULL CHECK (action IN ('promote', 'rollback', 'take', 'refuse', 'pin', 'unpin')),
    version text,
    by text NOT NULL,
    reason text NOT NULL,
    pointer text,
    epoch bigint,
    effective_from timestamptz,
    uri text,
    sha256 text,
    job_name text,
    train_uri text,
    updated_at timestamptz,
    CHECK (epoch IS NULL OR (version IS NOT NULL AND effective_from IS NOT NULL AND uri IS NOT NULL AND sha256 IS NOT NULL
        AND job_name IS NOT NULL AND train_uri IS NOT NULL AND updated_at IS NOT NULL))
);
CREATE UNIQUE INDEX model_moves_epoch ON hts.model_moves (epoch);

-- The pointer that is about to be written: tells a move of our own that a crash cut off from another writer's.
CREATE TABLE hts.model_intent (one boolean PRIMARY KEY DEFAULT true CHECK (one), pointer text NOT NULL);
