-- Bars take most of the room: eight-byte columns first, so that nothing is padded. Days that are there keep their own order.
DROP VIEW hts.price_15s;
ALTER TABLE hts.bars RENAME TO bars_before;
ALTER TABLE hts.bars_before RENAME CONSTRAINT bars_pkey TO bars_before_pkey;

CREATE TABLE hts.bars (
    ts timestamptz NOT NULL,
    known_at timestamptz NOT NULL,
    last_trade_id bigint NOT NULL,
    open double precision NOT NULL,
    high double precision NOT NULL,
    low double precision NOT NULL,
    close double precision NOT NULL,
    volume double precision NOT NULL,
    taker_buy_volume double precision NOT NULL,
    symbol_id integer NOT NULL,
    trades integer NOT NULL,
    revision integer NOT NULL,
    backfilled boolean NOT NULL DEFAULT false,
    PRIMARY KEY (symbol_id, ts),
    CONSTRAINT bars_valid CHECK (
        low > 0 AND high < 'Infinity' AND open BETWEEN low AND high AND close BETWEEN low AND high
        AND volume >= 0 AND volume < 'Infinity' AND taker_buy_volume >= 0 AND taker_buy_volume < 'Infinity'
        AND trades >= 0 AND revision >= 0)
) PARTITION BY RANGE (ts);

DO $$
DECLARE
    day record;
BEGIN
    FOR day IN
        SELECT c.relname, pg_get_expr(c.relpartbound, c.oid) AS bounds
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'hts.bars_before'::regclass
    LOOP
        EXECUTE format('ALTER TABLE hts.bars_before DETACH PARTITION hts.%I', day.relname);
        EXECUTE format('ALTER TABLE hts.bars ATTACH PARTITION hts.%I %s', day.relname, day.bounds);
    END LOOP;
END $$;

DROP TABLE hts.bars_before;

CREATE VIEW hts.price_15s AS
SELECT s.name AS symbol, b.ts, b.open, b.high, b.low, b.close, b.volume, b.taker_buy_volume, b.trades, b.last_trade_id, b.known_at, b.revision,
       b.backfilled
FROM hts.bars b JOIN hts.symbols s ON s.id = b.symbol_id;

-- Bars rolled up to a minute, one partition per month. An hour's rows are written together.
CREATE TABLE hts.bars_1m (
    ts timestamptz NOT NULL,
    last_trade_id bigint NOT NULL,
    open double precision NOT NULL,
    high double precision NOT NULL,
    low double precision NOT NULL,
    close double precision NOT NULL,
    volume double precision NOT NULL,
    taker_buy_volume double precision NOT NULL,
    symbol_id integer NOT NULL,
    trades integer NOT NULL,
    PRIMARY KEY (symbol_id, ts)
) PARTITION BY RANGE (ts);

-- Bars rolled up to an hour, and how many of which kind they were, for when they are gone.
CREATE TABLE hts.bars_1h (
    ts timestamptz NOT NULL,
    last_trade_id bigint NOT NULL,
    open double precision NOT NULL,
    high double precision NOT NULL,
    low double precision NOT NULL,
    close double precision NOT NULL,
    volume double precision NOT NULL,
    taker_buy_volume double precision NOT NULL,
    symbol_id integer NOT NULL,
    trades integer NOT NULL,
    bars smallint NOT NULL,
    flat smallint NOT NULL,
    revised smallint NOT NULL,
    backfilled smallint NOT NULL,
    PRIMARY KEY (symbol_id, ts)
);

-- Hours whose bars were written since they were rolled up, or before they ever were: read those from the bars themselves.
CREATE TABLE hts.stale_hours (
    symbol_id integer NOT NULL,
    hour timestamptz NOT NULL,
    PRIMARY KEY (symbol_id, hour)
);

-- One row. Writers note stale hours before open_from; from there on nothing was ever rolled up. Roll-ups before rolled_to hold
-- unless their hour is stale; the hours between the two are being looked through for bars.
CREATE TABLE hts.storage_progress (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    open_from timestamptz NOT NULL DEFAULT '-infinity',
    rolled_to timestamptz NOT NULL DEFAULT '-infinity',
    states_thinned_to timestamptz NOT NULL DEFAULT '-infinity',
    CHECK (rolled_to <= open_from)
);
INSERT INTO hts.storage_progress DEFAULT VALUES;

-- Old restart states are taken out of rows whose labels stay.
ALTER TABLE hts.slots ALTER COLUMN state DROP NOT NULL;
