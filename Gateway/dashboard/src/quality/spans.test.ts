import { expect, it } from 'vitest';
import { spanOf, spanRange } from './spans';

it('is whole hours with the one that runs', () => {
  const now = Date.UTC(2026, 10, 26, 20, 16, 33);
  expect(spanRange('24h', now)).toEqual({ from: Date.UTC(2026, 10, 25, 21), to: now });
  expect(spanRange('31d', now).from).toBe(Date.UTC(2026, 9, 26, 21));
});

it('is a day unless the address asks for another', () => {
  expect(spanOf(null)).toBe('24h');
  expect(spanOf('7d')).toBe('7d');
  expect(spanOf('1y')).toBe('24h');
});
