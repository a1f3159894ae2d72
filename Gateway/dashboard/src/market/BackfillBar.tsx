import type { Backfill } from '../api/types';
import { backfillPercent, backfillReach } from './backfill';

/** How far a symbol's history is fetched: a bar, percent and up to when it is complete. */
export function BackfillBar({ backfill, symbol }: { backfill: Backfill; symbol: string }) {
  return (
    <span className="backfill">
      <progress max={1} value={backfill.share} aria-label={`History of ${symbol}`} />
      <strong className="num">{backfillPercent(backfill)}</strong>
      <span className="num">{backfillReach(backfill)}</span>
    </span>
  );
}
