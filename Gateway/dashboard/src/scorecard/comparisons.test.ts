import { expect, it } from 'vitest';
import { basisPoints } from './basisPoints';
import { coverageOf } from './coverageOf';
import { roleName } from './roleName';

it('shows a return in percent as basis points', () => {
  expect(basisPoints(0.0031)).toBe('+0.31 bp');
  expect(basisPoints(-0.058)).toBe('−5.80 bp');
  expect(basisPoints(0)).toBe('0.00 bp');
});

it('names roles for readers', () => {
  expect(roleName('news-blind')).toBe('Without the news');
  expect(roleName('challenger:average(mlp,ridge)')).toBe('Challenger: average(mlp,ridge)');
  expect(roleName('shadow')).toBe('Shadow');
});

it('finds coverage apart for flat and standing', () => {
  const coverages = [
    { strategy: 'trend', standing: false, count: 10, coverage: 0.9 },
    { strategy: 'trend', standing: true, count: 4, coverage: 0.75 },
  ];
  expect(coverageOf(coverages, 'trend')).toBe('90 % of 10 when flat, 75 % of 4 when its position stood');
  expect(coverageOf(coverages.slice(0, 1), 'trend')).toBe('90 % of 10 when flat');
  expect(coverageOf(coverages, 'scalper')).toBeUndefined();
});
