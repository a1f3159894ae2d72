import type { Gap, GapState } from '../api/types';
import type { ChartBar } from './ChartBar';

/** Missing time [from, to) in Unix ms, or time that was missing until it was repaired; cause and state are null where none was recorded. */
export interface Hole {
  from: number;
  to: number;
  cause: string | null;
  state: GapState | null;
  repairedAt: number | null;
}

export function holeOf(gap: Gap): Hole {
  return {
    from: Date.parse(gap.from),
    to: Date.parse(gap.to),
    cause: gap.cause,
    state: gap.state,
    repairedAt: gap.repairedAt === null ? null : Date.parse(gap.repairedAt),
  };
}

const unexplained = (from: number, to: number): Hole => ({ from, to, cause: null, state: null, repairedAt: null });

/** Times between the bars that no bar covers. */
export function missingTime(bars: readonly ChartBar[], intervalMs: number): Hole[] {
  const holes: Hole[] = [];
  for (let i = 1; i < bars.length; i++) {
    const end = (bars[i - 1] as ChartBar).ts + intervalMs;
    const next = (bars[i] as ChartBar).ts;
    if (next > end) holes.push(unexplained(end, next));
  }
  return holes;
}

/** Recorded gaps together with what is missing beside them, in order of time. A repaired gap explains nothing that is missing. */
export function allHoles(missing: readonly Hole[], recorded: readonly Hole[]): Hole[] {
  const known = recorded.filter((gap) => gap.state !== 'repaired').toSorted((a, b) => a.from - b.from);
  const holes = [...recorded];
  for (const hole of missing) {
    let from = hole.from;
    for (const gap of known) {
      if (gap.to <= from || gap.from >= hole.to) continue;
      if (gap.from > from) holes.push(unexplained(from, gap.from));
      from = Math.max(from, gap.to);
    }
    if (from < hole.to) holes.push(unexplained(from, hole.to));
  }
  return holes.toSorted((a, b) => a.from - b.from);
}

/** The hole within [from, to); of several, one that is still missing. */
export function holeWithin(holes: readonly Hole[], from: number, to: number): Hole | null {
  const within = holes.filter((hole) => hole.from < to && hole.to > from);
  return within.find((hole) => hole.state !== 'repaired') ?? within[0] ?? null;
}
