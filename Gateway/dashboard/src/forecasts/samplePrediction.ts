import type { Prediction } from '../api/types';

/** A settled prediction for tests, with changes. */
export function samplePrediction(changes: Partial<Prediction> = {}): Prediction {
  return {
    symbol: 'BTC_JPY',
    baseTs: '2018-01-23T12:00:00Z',
    targetTs: '2018-01-23T12:10:00Z',
    role: 'champion',
    modelVersion: '20180123T110000Z',
    epoch: 3,
    predicted: { trend: 0.05, long_hold: -0.08 },
    lower: { trend: -0.2, long_hold: -0.5 },
    upper: { trend: 0.3, long_hold: 0.4 },
    pick: 'trend',
    reason: 'highest net',
    featuresHash: 'ab12',
    createdAt: '2018-01-23T12:00:01Z',
    outcome: { trend: 0.12, long_hold: 0.45 },
    settledAt: '2018-01-23T12:10:01Z',
    settleReason: 'settled',
    ...changes,
  };
}
