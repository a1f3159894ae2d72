import { describe, expect, it } from 'vitest';
import { clockSeconds, countdown, date, dayAndMinutes, duration, whenSeconds } from './time';

const noon = Date.UTC(2018, 0, 23, 12, 0, 5);

describe('time', () => {
  it('is shown in UTC whatever the browser is set to', () => {
    expect(clockSeconds(noon)).toBe('12:00:05');
    expect(date(noon)).toBe('23 Jan 2018');
    expect(dayAndMinutes(noon)).toBe('23 Jan 12:00');
  });

  it('names the day only when it is another one', () => {
    expect(whenSeconds(noon, noon + 3_600_000)).toBe('12:00:05');
    expect(whenSeconds(noon, noon + 86_400_000)).toBe('23 Jan 12:00:05');
  });

  it('gives lengths in their two largest units', () => {
    expect(duration(0)).toBe('0 s');
    expect(duration(45_000)).toBe('45 s');
    expect(duration(725_000)).toBe('12 min 5 s');
    expect(duration(3_600_000)).toBe('1 h');
    expect(duration(3_605_000)).toBe('1 h');
    expect(duration(86_400_000 * 3 + 3_600_000 * 4)).toBe('3 d 4 h');
  });

  it('counts down to zero and not below', () => {
    expect(countdown(272_000)).toBe('04:32');
    expect(countdown(271_001)).toBe('04:32');
    expect(countdown(3_872_000)).toBe('1:04:32');
    expect(countdown(-5)).toBe('00:00');
  });
});
