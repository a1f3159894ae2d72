import { expect, it } from 'vitest';
import { notableHours, tallies } from './notableHours';
import { sampleHour } from './sampleQuality';

it('are those with anything to report, newest first', () => {
  const hours = [
    sampleHour({ ts: '2026-11-26T10:00:00Z', revised: 1 }),
    sampleHour({ ts: '2026-11-26T11:00:00Z', missing: 4, flat: 240 }),
    sampleHour({ ts: '2026-11-26T12:00:00Z', outages: 2 }),
  ];
  expect(notableHours(hours).map((hour) => hour.ts)).toEqual(['2026-11-26T12:00:00Z', '2026-11-26T10:00:00Z']);
});

it('each kind of report counts', () => {
  for (const { key } of tallies) expect(notableHours([sampleHour({ [key]: 1 })])).toHaveLength(1);
});
