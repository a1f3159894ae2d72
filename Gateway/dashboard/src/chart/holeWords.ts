import { clockSeconds, duration } from '../format/time';
import type { Hole } from './holes';

const unknownCause = 'cause not recorded';

/** What became of a hole, in words. */
export function holeState(hole: Hole): string {
  if (hole.state === 'repaired') return hole.repairedAt === null ? 'repaired' : `repaired at ${clockSeconds(hole.repairedAt)} UTC`;
  return hole.state === 'open' ? 'missing, being repaired' : 'missing';
}

/** "45 s missing: feed lost". */
export function holeLine(hole: Hole): string {
  return `${duration(hole.to - hole.from)} ${holeState(hole)}: ${hole.cause ?? unknownCause}`;
}

/** The words along a hole on the chart. */
export function holeCaption(hole: Hole): string {
  const cause = hole.cause ?? `No bars, ${unknownCause}`;
  return hole.state === 'repaired' ? `Repaired: ${cause}` : hole.state === 'open' ? `Being repaired: ${cause}` : cause;
}
