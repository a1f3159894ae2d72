import type { Prediction } from '../api/types';

/** How a prediction's decision turned out, net of costs. */
export type Verdict =
  /** The pick earned (hit), lost (miss) or did not trade at all (flat). */
  | { kind: 'hit' | 'miss' | 'flat'; returnPct: number }
  /** Nothing was picked; best is what the best strategy would have given. */
  | { kind: 'none'; best: { strategy: string; returnPct: number } | null }
  /** Nothing was predicted; the reason says why. */
  | { kind: 'explained'; reason: string }
  /** The window has no outcome; the reason says why. */
  | { kind: 'void'; reason: string }
  | { kind: 'open' };

export function verdictOf(prediction: Prediction): Verdict {
  const { outcome, pick, predicted, reason, settleReason } = prediction;
  if (predicted === null) return { kind: 'explained', reason };
  if (outcome === null) return settleReason === null ? { kind: 'open' } : { kind: 'void', reason: settleReason };
  if (pick !== null) {
    const returnPct = outcome[pick];
    if (returnPct === undefined) return { kind: 'void', reason: 'no outcome for the pick' };
    return { kind: returnPct > 0 ? 'hit' : returnPct < 0 ? 'miss' : 'flat', returnPct };
  }
  let best: { strategy: string; returnPct: number } | null = null;
  for (const [strategy, returnPct] of Object.entries(outcome)) if (best === null || returnPct > best.returnPct) best = { strategy, returnPct };
  return { kind: 'none', best };
}

/** Whether an outcome lies within its 90 % interval; null when there is no interval or no outcome. */
export function withinInterval(prediction: Prediction, strategy: string): boolean | null {
  const outcome = prediction.outcome?.[strategy];
  const lower = prediction.lower?.[strategy];
  const upper = prediction.upper?.[strategy];
  if (outcome === undefined || lower === undefined || upper === undefined) return null;
  return lower <= outcome && outcome <= upper;
}
