export const intervals = ['15s', '1m', '5m', '10m', '1h'] as const;
export type Interval = (typeof intervals)[number];

const lengthsMs: Record<Interval, number> = { '15s': 15_000, '1m': 60_000, '5m': 300_000, '10m': 600_000, '1h': 3_600_000 };
const names: Record<Interval, string> = { '15s': '15 seconds', '1m': '1 minute', '5m': '5 minutes', '10m': '10 minutes', '1h': '1 hour' };

export function intervalMs(interval: Interval): number {
  return lengthsMs[interval];
}

export function intervalName(interval: Interval): string {
  return names[interval];
}

export function isInterval(text: string | null): text is Interval {
  return intervals.some((interval) => interval === text);
}
