import type { HeardSymbol } from './HeardSymbol';

/** A live symbol for tests, with changes. */
export function sampleSymbol(changes: Partial<HeardSymbol> = {}): HeardSymbol {
  return {
    symbol: 'BTCUSDT',
    state: 'live',
    detail: '',
    addedAt: '2026-11-12T00:00:00Z',
    firstSlot: '2026-11-19T00:10:00Z',
    stoppedAt: null,
    lagSeconds: 0.4,
    lastBarTs: '2026-11-26T12:00:00Z',
    lastClose: 64_210.5,
    backfill: null,
    heardAt: 1000,
    ...changes,
  };
}
