import { signed } from '../format/percent';

/** A return in percent as basis points, "+0.31 bp" with a no-break space before the unit. */
export function basisPoints(valuePct: number): string {
  return `${signed(valuePct * 100, 2)} bp`;
}
