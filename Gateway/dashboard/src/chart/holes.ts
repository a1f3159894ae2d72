import type { ChartBar } from './ChartBar';

/** Missing time [from, to) in Unix ms; cause is null where none was recorded. */
export interface Hole {
  from: number;
  to: number;
  cause: string | null;
}

/** Times between the bars that no bar covers. */
export function missingTime(bars: readonly ChartBar[], intervalMs: number): Hole[] {
  const holes: Hole[] = [];
  for (let i = 1; i < bars.length; i++) {
    const end = (bars[i - 1] as ChartBar).ts + intervalMs;
    const next = (bars[i] as ChartBar).ts;
    if (next > end) holes.push({ from: end, to: next, cause: null });
  }
  return holes;
}

/** Recorded gaps together with what is missing beside them, in order of time. */
export function allHoles(missing: readonly Hole[], recorded: readonly Hole[]): Hole[] {
  const known = recorded.toSorted((a, b) => a.from - b.from);
  const holes = [...known];
  for (const hole of missing) {
    let from = hole.from;
    for (const gap of known) {
      if (gap.to <= from || gap.from >= hole.to) continue;
      if (gap.from > from) holes.push({ from, to: gap.from, cause: null });
      from = Math.max(from, gap.to);
    }
    if (from < hole.to) holes.push({ from, to: hole.to, cause: null });
  }
  return holes.toSorted((a, b) => a.from - b.from);
}
