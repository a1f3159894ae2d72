import type { TrainingRun } from '../api/types';
import { duration } from '../format/time';

/** Where a run trained, how long and for how much: "at ml.m5.xlarge, 1 min 4 s, cost 0.25"; empty when it has no place yet. */
export function trainingCost(run: TrainingRun): string {
  if (run.place === null) return '';
  const parts = [`at ${run.place}`];
  if (run.billableSeconds !== null) parts.push(duration(run.billableSeconds * 1000));
  else if (run.estimatedSeconds !== null) parts.push(`about ${duration(run.estimatedSeconds * 1000)}`);
  if (run.cost !== null) parts.push(`cost ${run.cost.toLocaleString('en-US', { maximumFractionDigits: 4 })}`);
  return parts.join(', ');
}
