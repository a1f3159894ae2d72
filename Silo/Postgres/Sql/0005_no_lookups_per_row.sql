-- Keys of symbols and strategy sets come from the writer, which makes them first and never deletes one. Looking both up again
-- for each row costs more than the row: ten thousand are written at once at the end of a slot.
ALTER TABLE hts.ledger DROP CONSTRAINT ledger_symbol_id_fkey, DROP CONSTRAINT ledger_strategy_set_fkey;
ALTER TABLE hts.slots DROP CONSTRAINT slots_symbol_id_fkey, DROP CONSTRAINT slots_strategy_set_fkey;
ALTER TABLE hts.embeddings DROP CONSTRAINT embeddings_symbol_id_fkey;
