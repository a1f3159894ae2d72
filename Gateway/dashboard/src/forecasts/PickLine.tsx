import type { Prediction } from '../api/types';
import { percent } from '../format/percent';
import { reasonSentence } from './reasons';
import { strategyName } from './strategyName';

/** The decision in words: what to run, or why nothing. */
export function PickLine({ prediction }: { prediction: Prediction }) {
  const { pick, predicted, reason } = prediction;
  const net = pick === null ? undefined : predicted?.[pick];
  return (
    <div className="pick" data-kind={pick === null ? 'none' : 'run'} aria-live="polite">
      <span className="pick-glyph" aria-hidden="true">
        {pick === null ? '–' : '✓'}
      </span>
      <div>
        <p className="pick-name">
          {pick === null ? (predicted === null ? 'No prediction' : 'No trade') : strategyName(pick)}
          {net !== undefined && <span className="num"> {percent(net)}</span>}
        </p>
        <p className="pick-reason">
          {pick === null || reason.toLowerCase() !== 'picked' ? reasonSentence(reason) : 'Highest expected net return, above what trading costs.'}
        </p>
      </div>
    </div>
  );
}
