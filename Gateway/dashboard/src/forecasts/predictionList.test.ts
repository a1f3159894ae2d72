import { describe, expect, it } from 'vitest';
import { mergePredictions } from './predictionList';
import { samplePrediction } from './samplePrediction';

const open = { outcome: null, settledAt: null, settleReason: null };

describe('the list of predictions', () => {
  it('is newest first without doubles', () => {
    const first = samplePrediction();
    const second = samplePrediction({ baseTs: '2018-01-23T12:10:00Z' });
    expect(mergePredictions([first], [second, first]).map((row) => row.baseTs)).toEqual([second.baseTs, first.baseTs]);
  });

  it('takes a settlement', () => {
    const merged = mergePredictions([samplePrediction(open)], [samplePrediction()]);
    expect(merged[0]?.settleReason).toBe('settled');
  });

  it('does not lose a settlement to an older answer', () => {
    const merged = mergePredictions([samplePrediction()], [samplePrediction(open)]);
    expect(merged[0]?.settleReason).toBe('settled');
  });
});
