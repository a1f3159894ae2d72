-- What the gate decided on and what it decided, as the text that was written: the decision can be made again from the input.
ALTER TABLE hts.training_runs ADD COLUMN gate_input json, ADD COLUMN gate_decision json;

-- Since when a model is the one that margins may not ratchet down from; the newest is the anchor.
ALTER TABLE hts.models ADD COLUMN anchor_from timestamptz;

-- What a forecast is scored with: its expected deviation, gross returns, whose own position stood, and, once settled, its loss.
ALTER TABLE hts.ledger ADD COLUMN sigma double precision, ADD COLUMN gross double precision[], ADD COLUMN stands integer[],
    ADD COLUMN loss double precision;

-- Shadows are rows of a sample of symbols: found without reading all champions' rows.
CREATE INDEX ledger_shadows ON hts.ledger (role, base_ts) WHERE role <> 'champion';
