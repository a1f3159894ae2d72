import { expect, it } from 'vitest';
import { correlation, directionWords, netWords } from './directionWords';
import { driftWords } from './driftWords';

const gross = { grossIc: 0.031, grossIcLow: 0.0101, grossIcHigh: 0.0519, grossIcDays: 28 };

it('says in words whether direction shows', () => {
  expect(directionWords({ ...gross, direction: 'shown' })).toBe('Direction shows: gross IC +0.031 [+0.010, +0.052] over 28 days.');
  expect(directionWords({ ...gross, direction: 'none', grossIcLow: -0.01 })).toBe(
    'No direction shown: gross IC +0.031 [−0.010, +0.052] over 28 days is not above zero. What skill there is foresees costs.',
  );
});

it('says when direction cannot be told', () => {
  expect(directionWords({ direction: 'unknown', grossIc: 0.031, grossIcLow: null, grossIcHigh: null, grossIcDays: 1 })).toBe(
    'Direction cannot be told yet: gross IC +0.031 over 1 day.',
  );
  expect(directionWords({ direction: 'unknown', grossIc: null, grossIcLow: null, grossIcHigh: null, grossIcDays: 3 })).toBe(
    'Direction cannot be told: no gross return was forecast that varies.',
  );
  expect(correlation(null, null, null)).toBeNull();
});

it('puts net skill beside both baselines', () => {
  expect(netWords({ netR2: 0.0472, netR2VsCond: -0.001 })).toBe(
    'Net skill, mostly of costs: +4.72 % against the training mean, −0.10 % against the table of means.',
  );
  expect(netWords({ netR2: 0.0472, netR2VsCond: null })).toContain('unknown against the table');
  expect(netWords({ netR2: null, netR2VsCond: null })).toBeNull();
});

it('tells what the newest day says about drift', () => {
  const drift = { watched: 'errors', day: '2026-01-05T00:00:00Z', days: 60, strangeness: 2.34, pValue: 0.016, channel: 'long_hold', alarm: true };
  expect(driftWords(drift)).toBe('Errors of 2026-01-05 drifted: long hold lies 2.3 times as far off as usual (p 0.016 beside 60 days).');
  expect(driftWords({ ...drift, watched: 'features', pValue: 0.5, alarm: false })).toBe('Features of 2026-01-05: no drift (p 0.500 beside 60 days).');
  expect(driftWords({ ...drift, pValue: null, days: 12, alarm: false })).toBe('Errors of 2026-01-05: too few days yet to tell drift (12).');
});
