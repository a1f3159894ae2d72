-- A fetched or imported bar's known_at is no time of receipt.
ALTER TABLE hts.bars ADD COLUMN backfilled boolean NOT NULL DEFAULT false;

CREATE OR REPLACE VIEW hts.price_15s AS
SELECT s.name AS symbol, b.ts, b.open, b.high, b.low, b.close, b.volume, b.taker_buy_volume, b.trades, b.last_trade_id, b.known_at, b.revision,
       b.backfilled
FROM hts.bars b JOIN hts.symbols s ON s.id = b.symbol_id;

-- A hole whose bars came after all stays on record, apart from those that are missing.
ALTER TABLE hts.bar_gaps ADD COLUMN repaired_at timestamptz;
ALTER TABLE hts.bar_gaps DROP CONSTRAINT bar_gaps_pkey;
CREATE UNIQUE INDEX bar_gaps_missing ON hts.bar_gaps (symbol_id, from_ts, cause) WHERE repaired_at IS NULL;
CREATE UNIQUE INDEX bar_gaps_repaired ON hts.bar_gaps (symbol_id, from_ts, cause) WHERE repaired_at IS NOT NULL;

CREATE OR REPLACE VIEW hts.gaps AS
SELECT s.name AS symbol, g.from_ts, g.to_ts, g.cause, g.known_at, g.repaired_at
FROM hts.bar_gaps g JOIN hts.symbols s ON s.id = g.symbol_id;

-- The feed shard that carries a symbol while its span runs.
ALTER TABLE hts.symbol_spans ADD COLUMN shard integer NOT NULL DEFAULT 0 CHECK (shard >= 0);
UPDATE hts.symbol_spans p SET shard = dealt.shard
FROM (SELECT id, ((row_number() OVER (ORDER BY id) - 1) / 200)::integer AS shard FROM hts.symbol_spans WHERE stop_slot IS NULL) dealt
WHERE dealt.id = p.id;

CREATE TABLE hts.feed_hours (
    symbol_id integer NOT NULL,
    hour timestamptz NOT NULL,
    late_trades bigint NOT NULL,
    duplicates bigint NOT NULL,
    invalid bigint NOT NULL,
    repaired bigint NOT NULL,
    outages bigint NOT NULL,
    PRIMARY KEY (symbol_id, hour)
);
