-- Bars of a symbol were written beside its market from an instant on; the market takes the row away when it has run over them.
-- The number is another one after each write.
CREATE TABLE hts.bar_changes (
    symbol_id integer PRIMARY KEY,
    from_ts timestamptz NOT NULL,
    number bigint GENERATED ALWAYS AS IDENTITY
);
