import type { DriftScore } from '../api/scorecard';

/** A verdict on drift in a sentence. */
export function driftWords(drift: DriftScore): string {
  const what = `${drift.watched === 'errors' ? 'Errors' : 'Features'} of ${drift.day.slice(0, 10)}`;
  if (drift.pValue === null) return `${what}: too few days yet to tell drift (${drift.days}).`;
  const chance = `p ${drift.pValue.toFixed(3)} beside ${drift.days} days`;
  return drift.alarm
    ? `${what} drifted: ${drift.channel.replaceAll('_', ' ')} lies ${drift.strangeness.toFixed(1)} times as far off as usual (${chance}).`
    : `${what}: no drift (${chance}).`;
}
