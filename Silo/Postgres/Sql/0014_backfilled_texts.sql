-- When a back-filled embedding came in, later than it states to have been known; null for one known since it came in. Rows from before
-- this step have no mark.
ALTER TABLE hts.embeddings ADD COLUMN received_at timestamptz;

CREATE OR REPLACE VIEW hts.ai_outputs AS
SELECT s.name AS symbol, e.base_ts, e.text_type_a, e.text_type_b, e.embedding_a, e.embedding_b, e.model, e.known_at,
       coalesce(e.received_at, e.known_at) AS received_at, e.received_at IS NOT NULL AS backfilled
FROM hts.embeddings e JOIN hts.symbols s ON s.id = e.symbol_id;
