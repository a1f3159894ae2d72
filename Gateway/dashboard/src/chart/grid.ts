/**
 * All times of the chart's axis from the first bar to the end, in seconds as the chart library wants them.
 * The axis has one place for each time whether a bar is there or not: so holes keep their true length.
 */
export function gridTimes(fromTs: number, toTs: number, intervalMs: number): number[] {
  const times: number[] = [];
  for (let ts = fromTs; ts <= toTs; ts += intervalMs) times.push(ts / 1000);
  return times;
}

/** Place of an instant on the axis: a bar at place i covers i − ½ to i + ½. */
export function placeOf(ts: number, firstTs: number, intervalMs: number): number {
  return (ts - firstTs) / intervalMs - 0.5;
}

const margin = 2;

/**
 * Free places to keep right of the newest bar, so that the rest of the running slot can be seen,
 * but never more than a quarter of the view.
 */
export function freePlaces(lastTs: number, slotEnd: number, intervalMs: number, visible: number): number {
  const rest = Math.max(0, Math.ceil((slotEnd - lastTs) / intervalMs) - 1);
  return Math.max(margin, Math.min(rest + margin, Math.floor(visible / 4)));
}
