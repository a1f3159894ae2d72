import { expect, it } from 'vitest';
import type { LogEvent } from '../api/types';
import { mergeEvents } from './eventList';

const event = (id: number) => ({ id, message: `event ${id}` }) as LogEvent;

it('is newest first without doubles', () => {
  expect(mergeEvents([event(3), event(1)], [event(2), event(3)]).map(({ id }) => id)).toEqual([3, 2, 1]);
});

it('keeps the newest two hundred', () => {
  const many = Array.from({ length: 300 }, (_, id) => event(id));
  const merged = mergeEvents([], many);
  expect(merged).toHaveLength(200);
  expect(merged[0]?.id).toBe(299);
});
