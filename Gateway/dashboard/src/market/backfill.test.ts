import { expect, it } from 'vitest';
import { backfillPercent, backfillReach } from './backfill';

const backfill = (share: number) => ({ from: '2026-11-12T00:00:00Z', to: '2026-11-19T00:00:00Z', at: '2026-11-15T14:00:00Z', share });

it('never says that all is there before it is', () => {
  expect(backfillPercent(backfill(0.9999))).toBe('99 %');
  expect(backfillPercent(backfill(1))).toBe('100 %');
  expect(backfillPercent(backfill(0))).toBe('0 %');
});

it('says up to when history is complete', () => {
  expect(backfillReach(backfill(0.5))).toBe('complete up to 15 Nov 14:00 UTC');
});
