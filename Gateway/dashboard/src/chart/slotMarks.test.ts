import { expect, it } from 'vitest';
import { samplePrediction } from '../forecasts/samplePrediction';
import { slotMarks } from './slotMarks';

it('marks a settled slot with its pick, a sign and the net return', () => {
  expect(slotMarks([samplePrediction()])[0]).toEqual({
    from: Date.UTC(2018, 0, 23, 12, 0),
    to: Date.UTC(2018, 0, 23, 12, 10),
    long: '✓ Trend +0.12',
    short: '✓',
    tone: 'hit',
  });
});

it('marks the running slot with its pick only', () => {
  const [mark] = slotMarks([samplePrediction({ outcome: null, settleReason: null })]);
  expect(mark).toMatchObject({ long: 'Trend', tone: 'open' });
});
