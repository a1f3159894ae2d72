import type {
  IChartApi,
  IPrimitivePaneRenderer,
  IPrimitivePaneView,
  ISeriesPrimitive,
  Logical,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import type { ChartColors } from './chartColors';
import { drawHoles } from './drawHoles';
import { drawSlots } from './drawSlots';
import { placeOf } from './grid';
import type { Hole } from './holes';
import type { SlotMark } from './slotMarks';

export interface Scene {
  firstTs: number;
  intervalMs: number;
  slotMs: number;
  holes: readonly Hole[];
  marks: readonly SlotMark[];
  /** Slot that runs now, [from, to). */
  running: { from: number; to: number } | null;
  colors: ChartColors;
}

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];

/** Draws slot boundaries, the running slot and holes behind the candles, and the slots' marks above them. */
export class SlotBands implements ISeriesPrimitive<Time> {
  #chart: IChartApi | null = null;
  #redraw: () => void = () => {};
  #scene: Scene | null = null;
  readonly #views: IPrimitivePaneView[] = [
    { zOrder: () => 'bottom', renderer: () => ({ draw: (target) => this.#draw(target, true) }) },
    { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target, false) }) },
  ];

  attached({ chart, requestUpdate }: SeriesAttachedParameter<Time>): void {
    this.#chart = chart as IChartApi;
    this.#redraw = requestUpdate;
  }

  detached(): void {
    this.#chart = null;
    this.#redraw = () => {};
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views;
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#redraw();
  }

  #draw(target: Target, behind: boolean): void {
    const scene = this.#scene;
    const axis = this.#chart?.timeScale();
    if (scene === null || axis === undefined) return;
    // The library gives coordinates of whole places only; places are equally wide.
    const left = axis.logicalToCoordinate(0 as Logical);
    const next = axis.logicalToCoordinate(1 as Logical);
    if (left === null || next === null) return;
    const xOf = (ts: number) => left + placeOf(ts, scene.firstTs, scene.intervalMs) * (next - left);
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      drawSlots(context, mediaSize, scene, xOf, behind);
      drawHoles(context, mediaSize, scene, xOf, behind);
    });
  }
}
