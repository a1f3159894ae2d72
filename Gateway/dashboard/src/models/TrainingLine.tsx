import type { Training } from '../api/types';
import { clockMinutes, dayAndMinutes } from '../format/time';
import { trainingWords } from './trainingWords';

const running = ['preparing', 'training', 'evaluating'];

/** The last training run with its verdict, what runs now and when the next one is due. */
export function TrainingLine({ training }: { training: Training }) {
  const { state, items } = training;
  const last = items.find((run) => !running.includes(run.state));
  const now = running.includes(state.state) ? trainingWords(state.state) : null;
  const verdict = last && trainingWords(last.state);
  return (
    <div className="training">
      <h3>Last training</h3>
      {last && verdict ? (
        <p>
          <span className="tag" data-tone={verdict.tone}>
            <span aria-hidden="true">{verdict.glyph}</span> {verdict.label}
          </span>{' '}
          <span className="num">{dayAndMinutes(Date.parse(last.runTs))}</span>
          {last.rows !== null && <span className="num">, {last.rows.toLocaleString('en-US')} rows</span>}
          <span className="training-reason">{last.reason}</span>
        </p>
      ) : (
        <p className="quiet">None has finished yet.</p>
      )}
      <p className="quiet">
        {now ? `${now.glyph} ${now.label} now` : state.nextRunAt !== null ? `Next run at ${clockMinutes(Date.parse(state.nextRunAt))} UTC` : 'No run is planned'}
      </p>
    </div>
  );
}
