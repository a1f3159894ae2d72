import type { Backfill } from '../api/types';
import { dayAndMinutes } from '../format/time';

/** Progress in whole percent; 100 only when it is complete. */
export function backfillPercent({ share }: Backfill): string {
  return `${Math.floor(Math.min(1, Math.max(0, share)) * 100)} %`;
}

/** "complete up to 19 Nov 14:00 UTC". */
export function backfillReach({ at }: Backfill): string {
  return `complete up to ${dayAndMinutes(Date.parse(at))} UTC`;
}
