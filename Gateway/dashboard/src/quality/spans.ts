const hourMs = 3_600_000;

export type Span = '24h' | '7d' | '31d';

export const spans: readonly { value: Span; text: string; hours: number }[] = [
  { value: '24h', text: '24 h', hours: 24 },
  { value: '7d', text: '7 d', hours: 7 * 24 },
  { value: '31d', text: '31 d', hours: 31 * 24 },
];

/** The span that an address asks for; a day when it names none that exists. */
export function spanOf(asked: string | null): Span {
  return spans.find(({ value }) => value === asked)?.value ?? '24h';
}

/** Whole hours that end with the one that runs: [from, now) in Unix ms. */
export function spanRange(span: Span, now: number): { from: number; to: number } {
  const hours = spans.find(({ value }) => value === span)?.hours ?? 24;
  return { from: (Math.floor(now / hourMs) - hours + 1) * hourMs, to: Math.floor(now) };
}
