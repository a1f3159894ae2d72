-- Text B may come days apart, between rows of text A for each slot.
CREATE INDEX embeddings_of_text_b ON hts.embeddings (symbol_id, base_ts) WHERE embedding_b IS NOT NULL;
