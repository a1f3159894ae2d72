import type { Training } from '../api/types';
import { clockMinutes, dayAndMinutes } from '../format/time';
import { trainingCost } from './trainingCost';
import { trainingWords } from './trainingWords';

const running = new Set(['preparing', 'training', 'evaluating']);

/** The last training run with its verdict, what runs now and when the next one is due. */
export function TrainingLine({ training }: { training: Training }) {
  const { state, items } = training;
  const last = items.find((run) => !running.has(run.state));
  const now = running.has(state.state) ? trainingWords(state.state) : null;
  const current = now ? items.find((run) => running.has(run.state)) : undefined;
  const verdict = last && trainingWords(last.state);
  return (
    <div className="training">
      <div className="training-head">
        <h3>Last training</h3>
        {verdict && (
          <span className="tag" data-tone={verdict.tone}>
            <span aria-hidden="true">{verdict.glyph}</span> {verdict.label}
          </span>
        )}
        <span className="quiet">
          {now ? `${now.glyph} ${now.label} now${current ? ` ${trainingCost(current)}` : ''}`.trim() : state.nextRunAt !== null ? `Next at ${clockMinutes(Date.parse(state.nextRunAt))} UTC` : 'None is planned'}
        </span>
      </div>
      <p className="training-reason">
        {last ? (
          <>
            <span className="num">
              {dayAndMinutes(Date.parse(last.runTs))} <span className="unit">UTC</span>
            </span>
            {last.rows !== null && <span className="num">, {last.rows.toLocaleString('en-US')} rows</span>}
            {last.place !== null && <span className="num">, {trainingCost(last)}</span>}
            {last.reason && `: ${last.reason}`}
          </>
        ) : (
          'None has finished yet.'
        )}
      </p>
    </div>
  );
}
