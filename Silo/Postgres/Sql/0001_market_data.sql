-- Symbols are stored by an integer key; views carry the names that readers know.
-- Tables hold instants as timestamptz; arrays per strategy are in the order of the row's strategy set.

CREATE TABLE hts.symbols (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name <> '')
);

-- From which slot on a symbol is predicted, until when. A symbol without a span only has data.
CREATE TABLE hts.symbol_spans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol_id integer NOT NULL REFERENCES hts.symbols,
    added_at timestamptz NOT NULL,
    first_slot timestamptz,
    stop_slot timestamptz,
    CHECK (stop_slot >= first_slot)
);
CREATE UNIQUE INDEX symbol_spans_running ON hts.symbol_spans (symbol_id) WHERE stop_slot IS NULL;
CREATE INDEX symbol_spans_symbol ON hts.symbol_spans (symbol_id, id);

-- One partition per day of ts, made by the writer when its first bar comes.
-- The check repeats the edge's rules: NaN sorts above infinity, so both fail here.
CREATE TABLE hts.bars (
    symbol_id integer NOT NULL,
    ts timestamptz NOT NULL,
    open double precision NOT NULL,
    high double precision NOT NULL,
    low double precision NOT NULL,
    close double precision NOT NULL,
    volume double precision NOT NULL,
    taker_buy_volume double precision NOT NULL,
    trades integer NOT NULL,
    last_trade_id bigint NOT NULL,
    known_at timestamptz NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (symbol_id, ts),
    CONSTRAINT bars_valid CHECK (
        low > 0 AND high < 'Infinity' AND open BETWEEN low AND high AND close BETWEEN low AND high
        AND volume >= 0 AND volume < 'Infinity' AND taker_buy_volume >= 0 AND taker_buy_volume < 'Infinity'
        AND trades >= 0 AND revision >= 0)
) PARTITION BY RANGE (ts);

CREATE VIEW hts.price_15s AS
SELECT s.name AS symbol, b.ts, b.open, b.high, b.low, b.close, b.volume, b.taker_buy_volume, b.trades, b.last_trade_id, b.known_at, b.revision
FROM hts.bars b JOIN hts.symbols s ON s.id = b.symbol_id;

CREATE TABLE hts.bar_gaps (
    symbol_id integer NOT NULL REFERENCES hts.symbols,
    from_ts timestamptz NOT NULL,
    to_ts timestamptz NOT NULL,
    cause text NOT NULL,
    known_at timestamptz NOT NULL,
    PRIMARY KEY (symbol_id, from_ts, cause),
    CHECK (from_ts < to_ts)
);

CREATE VIEW hts.gaps AS
SELECT s.name AS symbol, g.from_ts, g.to_ts, g.cause, g.known_at
FROM hts.bar_gaps g JOIN hts.symbols s ON s.id = g.symbol_id;

CREATE TABLE hts.embeddings (
    symbol_id integer NOT NULL REFERENCES hts.symbols,
    base_ts timestamptz NOT NULL,
    text_type_a text,
    text_type_b text,
    embedding_a real[] CHECK (cardinality(embedding_a) = 256),
    embedding_b real[] CHECK (cardinality(embedding_b) = 256),
    model text NOT NULL,
    known_at timestamptz NOT NULL,
    PRIMARY KEY (symbol_id, base_ts)
);

CREATE VIEW hts.ai_outputs AS
SELECT s.name AS symbol, e.base_ts, e.text_type_a, e.text_type_b, e.embedding_a, e.embedding_b, e.model, e.known_at
FROM hts.embeddings e JOIN hts.symbols s ON s.id = e.symbol_id;

CREATE TABLE hts.news (
    id text PRIMARY KEY,
    published_at timestamptz NOT NULL,
    known_at timestamptz NOT NULL,
    title text NOT NULL,
    link text,
    summary text,
    source text,
    symbols text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX news_published_at ON hts.news (published_at);
