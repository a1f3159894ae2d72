-- The lengths by which bars and slots are cut here, said by the first process that writes bars. Another's would mix with them.
CREATE TABLE hts.grid (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    bar_ms bigint NOT NULL,
    slot_ms bigint NOT NULL
);
