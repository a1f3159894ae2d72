import type { Gap, QualityHour } from '../api/types';

/** A complete live hour for tests, with changes. */
export function sampleHour(changes: Partial<QualityHour> = {}): QualityHour {
  return {
    ts: '2026-11-26T12:00:00Z',
    expected: 240,
    bars: 240,
    flat: 12,
    missing: 0,
    revised: 0,
    backfilled: 0,
    lagP50: 0.21,
    lagP99: 0.84,
    lagMax: 1.302,
    lateTrades: 0,
    duplicates: 0,
    invalid: 0,
    repairedTrades: 0,
    outages: 0,
    ...changes,
  };
}

/** A hole of 45 s that was given up, for tests, with changes. */
export function sampleGap(changes: Partial<Gap> = {}): Gap {
  return { from: '2026-11-26T12:00:00Z', to: '2026-11-26T12:00:45Z', cause: 'feed lost', state: 'missing', repairedAt: null, ...changes };
}
