import { verdictOf } from '../forecasts/verdict';
import type { Prediction } from '../api/types';
import { strategyName } from '../forecasts/strategyName';
import { signed } from '../format/percent';

/** What is written over one slot of the chart, long and short. */
export interface SlotMark {
  from: number;
  to: number;
  long: string;
  short: string;
  tone: 'hit' | 'miss' | 'none' | 'open';
}

const signs = {
  hit: { glyph: '✓', tone: 'hit' },
  miss: { glyph: '✕', tone: 'miss' },
  flat: { glyph: '○', tone: 'none' },
} as const;

/** Marks for the slots of these predictions: the pick while the slot runs, then how it did. */
export function slotMarks(predictions: readonly Prediction[]): SlotMark[] {
  return predictions.map((prediction) => {
    const from = Date.parse(prediction.baseTs);
    const to = Date.parse(prediction.targetTs);
    const name = prediction.pick === null ? (prediction.predicted === null ? 'not predicted' : 'none') : strategyName(prediction.pick);
    const verdict = verdictOf(prediction);
    if (verdict.kind === 'hit' || verdict.kind === 'miss' || verdict.kind === 'flat') {
      const { glyph, tone } = signs[verdict.kind];
      return { from, to, long: `${glyph} ${name} ${signed(verdict.returnPct, 2)}`, short: glyph, tone };
    }
    return { from, to, long: name, short: '', tone: verdict.kind === 'open' ? 'open' : 'none' };
  });
}
