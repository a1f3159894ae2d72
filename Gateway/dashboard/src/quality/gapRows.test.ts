import { describe, expect, it } from 'vitest';
import { gapRows, gapSummary } from './gapRows';
import { sampleGap } from './sampleQuality';

const now = Date.UTC(2026, 10, 26, 20);

describe('the list of gaps', () => {
  it('shows what is open first, then what is missing, each newest first', () => {
    const rows = gapRows(
      [
        sampleGap({ state: 'repaired', repairedAt: '2026-11-26T12:01:02Z' }),
        sampleGap({ from: '2026-11-25T08:00:00Z', to: '2026-11-25T08:12:05Z' }),
        sampleGap({ from: '2026-11-26T08:00:00Z', to: '2026-11-26T08:00:15Z' }),
        sampleGap({ state: 'open' }),
      ],
      now,
    );
    expect(rows.map(({ from, length, state }) => [from, length, state.words])).toEqual([
      ['12:00:00', '45 s', 'Open, being repaired'],
      ['08:00:00', '15 s', 'Missing for good'],
      ['25 Nov 08:00:00', '12 min 5 s', 'Missing for good'],
      ['12:00:00', '45 s', 'Repaired 12:01:02'],
    ]);
    expect(new Set(rows.map((row) => row.state.glyph)).size).toBe(3);
  });

  it('names the day of the end only when it is another one', () => {
    const [first, second] = gapRows(
      [
        sampleGap({ from: '2026-11-25T08:00:00Z', to: '2026-11-25T08:12:05Z' }),
        sampleGap({ from: '2026-11-24T23:50:00Z', to: '2026-11-25T00:10:00Z' }),
      ],
      now,
    );
    expect([first?.from, first?.to]).toEqual(['25 Nov 08:00:00', '08:12:05']);
    expect([second?.from, second?.to]).toEqual(['24 Nov 23:50:00', '25 Nov 00:10:00']);
  });

  it('says that a cause was not recorded', () => {
    expect(gapRows([sampleGap({ cause: '' })], now)[0]?.cause).toBe('Cause not recorded.');
  });

  it('is summed up by state', () => {
    expect(gapSummary([sampleGap(), sampleGap({ state: 'repaired' }), sampleGap({ state: 'repaired' })])).toBe('1 missing, 2 repaired');
    expect(gapSummary([])).toBe('');
  });
});
