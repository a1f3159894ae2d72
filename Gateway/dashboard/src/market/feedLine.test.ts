import { describe, expect, it } from 'vitest';
import { feedLine } from './feedLine';
import { MarketTime } from './MarketTime';
import { sampleSymbol } from './sampleSymbol';

const start = Date.UTC(2026, 10, 26, 12);
/** Five real seconds after the sample was heard of, in a market of some speed. */
const at = (speed: number) => ({ now: start + 5000 * speed, time: new MarketTime(start, 1000, speed), barMs: 15_000, quietSince: null });
const now = at(1);

describe('a feed’s line', () => {
  it('shows the lag of a live feed as it was told', () => {
    expect(feedLine(sampleSymbol(), now)).toEqual({ tone: 'good', glyph: '●', words: 'Live', lag: '0.40 s', late: false });
  });

  it('tells a quiet market from a lost feed', () => {
    const quiet = feedLine(sampleSymbol(), { ...now, quietSince: now.now - 275_000 });
    const lost = feedLine(sampleSymbol({ state: 'lost', lagSeconds: 240 }), now);
    expect(quiet).toEqual({ tone: 'good', glyph: '◇', words: 'Quiet for 4 min, feed healthy', lag: '0.40 s', late: false });
    expect([lost.tone, lost.glyph, lost.words]).toEqual(['bad', '▲', 'Feed lost']);
  });

  it('lets the lag of a lost feed grow in market time', () => {
    expect(feedLine(sampleSymbol({ state: 'lost', lagSeconds: 40 }), now).lag).toBe('45.0 s');
    expect(feedLine(sampleSymbol({ state: 'lost', lagSeconds: 40 }), at(60)).lag).toBe('5 min 40 s');
  });

  it('marks a live feed that lags by more than a bar', () => {
    expect(feedLine(sampleSymbol({ lagSeconds: 15 }), now).late).toBe(false);
    expect(feedLine(sampleSymbol({ lagSeconds: 16 }), now)).toMatchObject({ tone: 'busy', words: 'Live, but late', late: true });
    expect(feedLine(sampleSymbol({ lagSeconds: 16 }), at(60)).late).toBe(false);
  });

  it('shows how far history is loaded in the place of a lag', () => {
    const backfill = { from: '2026-11-19T00:00:00Z', to: '2026-11-26T00:00:00Z', at: '2026-11-22T00:00:00Z', share: 0.437 };
    expect(feedLine(sampleSymbol({ state: 'loading', backfill }), now)).toMatchObject({ words: 'Loading history, 43 %', lag: null });
    expect(feedLine(sampleSymbol({ state: 'loading', lagSeconds: null }), now)).toMatchObject({ words: 'Loading history', lag: null });
  });

  it('has no lag where nothing is collected', () => {
    expect(feedLine(sampleSymbol({ state: 'stopped' }), now).lag).toBeNull();
    expect(feedLine(sampleSymbol({ state: 'halted' }), now).lag).toBe('0.40 s');
  });
});
