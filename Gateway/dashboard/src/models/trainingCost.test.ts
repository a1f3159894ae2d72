import { expect, it } from 'vitest';
import type { TrainingRun } from '../api/types';
import { trainingCost } from './trainingCost';

const run: TrainingRun = {
  jobName: 'hts-1',
  runTs: '2026-01-05T10:00:00Z',
  state: 'promoted',
  startedAt: '2026-01-05T10:00:00Z',
  finishedAt: null,
  rows: 1500,
  modelVersion: null,
  backend: 'sagemaker',
  reason: '',
  place: 'ml.m5.xlarge',
  estimatedSeconds: 70,
  billableSeconds: null,
  cost: null,
};

it('tells what earlier runs took until the run has ended', () => {
  expect(trainingCost(run)).toBe('at ml.m5.xlarge, about 1 min 10 s');
});

it('tells what the run took and cost once that is known', () => {
  expect(trainingCost({ ...run, billableSeconds: 64, cost: 0.25 })).toBe('at ml.m5.xlarge, 1 min 4 s, cost 0.25');
});

it('says nothing of a run without a place', () => {
  expect(trainingCost({ ...run, place: null })).toBe('');
});
