import { describe, expect, it } from 'vitest';
import { samplePrediction } from './samplePrediction';
import { verdictOf, withinInterval } from './verdict';

describe('the verdict on a slot', () => {
  it('is a hit when the pick earned after costs, a miss when it lost, flat when it did not trade', () => {
    expect(verdictOf(samplePrediction())).toEqual({ kind: 'hit', returnPct: 0.12 });
    expect(verdictOf(samplePrediction({ outcome: { trend: -0.1, long_hold: 0 } })).kind).toBe('miss');
    expect(verdictOf(samplePrediction({ outcome: { trend: 0, long_hold: 0.2 } })).kind).toBe('flat');
  });

  it('names the best strategy when none was picked', () => {
    expect(verdictOf(samplePrediction({ pick: null }))).toEqual({ kind: 'none', best: { strategy: 'long_hold', returnPct: 0.45 } });
  });

  it('is open until the window is settled', () => {
    expect(verdictOf(samplePrediction({ outcome: null, settledAt: null, settleReason: null }))).toEqual({ kind: 'open' });
  });

  it('says why a window has no outcome', () => {
    expect(verdictOf(samplePrediction({ outcome: null, settleReason: 'gap' }))).toEqual({ kind: 'void', reason: 'gap' });
  });

  it('is the explanation where nothing was predicted, outcome or not', () => {
    expect(verdictOf(samplePrediction({ predicted: null, pick: null, reason: 'missed' }))).toEqual({ kind: 'explained', reason: 'missed' });
  });

  it('tells outcomes within their interval from those beyond', () => {
    expect(withinInterval(samplePrediction(), 'trend')).toBe(true);
    expect(withinInterval(samplePrediction(), 'long_hold')).toBe(false);
    expect(withinInterval(samplePrediction({ lower: null }), 'trend')).toBeNull();
  });
});
