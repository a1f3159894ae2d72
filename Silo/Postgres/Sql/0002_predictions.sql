-- The strategies in force when a row was written, so that arrays keep their meaning when a strategy is added or moved.
CREATE TABLE hts.strategy_sets (
    id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    names text[] NOT NULL UNIQUE
);

-- Labels and restart states at slot boundaries; ts is the window's end.
CREATE TABLE hts.slots (
    symbol_id integer NOT NULL REFERENCES hts.symbols,
    ts timestamptz NOT NULL,
    strategy_set smallint NOT NULL REFERENCES hts.strategy_sets,
    net_pct double precision[],
    gross_pct double precision[],
    sides integer[],
    complete boolean NOT NULL,
    state_hash text NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (symbol_id, ts)
);

CREATE SEQUENCE hts.ledger_sequence;

CREATE TABLE hts.ledger (
    symbol_id integer NOT NULL REFERENCES hts.symbols,
    base_ts timestamptz NOT NULL,
    role text NOT NULL CHECK (role <> ''),
    strategy_set smallint NOT NULL REFERENCES hts.strategy_sets,
    model_version text,
    epoch bigint,
    target_ts timestamptz NOT NULL,
    predicted double precision[],
    lower double precision[],
    upper double precision[],
    pick text,
    reason text NOT NULL,
    features_hash text,
    created_at timestamptz NOT NULL,
    outcome double precision[],
    settled_at timestamptz,
    settle_reason text,
    sequence bigint NOT NULL,
    PRIMARY KEY (symbol_id, base_ts, role),
    CHECK (target_ts > base_ts),
    CHECK ((settled_at IS NULL) = (settle_reason IS NULL)),
    CHECK (outcome IS NULL OR settled_at IS NOT NULL)
);
CREATE INDEX ledger_base_ts ON hts.ledger (base_ts);
CREATE INDEX ledger_unsettled ON hts.ledger (symbol_id, base_ts) WHERE settled_at IS NULL;

-- The views predictions and simulations_10m name one column per strategy and are made by the program from the set in force.
