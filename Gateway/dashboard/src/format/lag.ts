import { duration } from './time';

const decimalsBelow = 10;
const secondsBelow = 100;

/** A lag in seconds, finer where it is short: "0.42 s", "12.3 s", "2 min 5 s". */
export function lagText(seconds: number): string {
  if (seconds >= secondsBelow) return duration(seconds * 1000);
  return `${seconds.toFixed(seconds < decimalsBelow ? 2 : 1)} s`;
}
