import {
  CandlestickSeries,
  ColorType,
  createChart,
  CrosshairMode,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts';
import { clockMinutes, clockSeconds, date, dayAndMinutes } from '../format/time';
import { price, volume } from '../format/price';
import type { ChartBar } from './ChartBar';
import type { Change, ChartFeed } from './ChartFeed';
import type { ChartColors } from './chartColors';
import { freePlaces, gridTimes } from './grid';
import { type Hole, holeWithin } from './holes';
import { type Scene, SlotBands } from './SlotBands';

/** What the pointer is over. */
export interface Pointed {
  ts: number;
  bar: ChartBar | null;
  hole: Hole | null;
}

/** What the page knows beside the bars. */
export type Surroundings = Pick<Scene, 'slotMs' | 'marks' | 'running' | 'colors'>;

interface Options {
  decimals: number;
  onPointed: (pointed: Pointed | null) => void;
  onFollowing: (following: boolean) => void;
}

const firstVisible = 150;
const widestVisibleShare = 8;
const olderWithin = 40;
const panBars = 10;
const minuteMs = 60_000;
const dayMs = 86_400_000;

const seconds = (ts: number) => (ts / 1000) as UTCTimestamp;

/** The drawing of one feed: candles, volume, slots and holes. Follows the newest bar until the reader moves away from it. */
export class CandleView {
  readonly #feed: ChartFeed;
  readonly #options: Options;
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volumes: ISeriesApi<'Histogram'>;
  readonly #grid: ISeriesApi<'Line'>;
  readonly #bands = new SlotBands();
  readonly #leave: () => void;
  #surroundings: Surroundings;
  #gridEnd = 0;
  #following = true;

  constructor(box: HTMLElement, feed: ChartFeed, surroundings: Surroundings, options: Options) {
    this.#feed = feed;
    this.#options = options;
    this.#surroundings = surroundings;
    this.#chart = createChart(box, {
      autoSize: true,
      // The logo would bring a style element of its own, which the content security policy refuses; the card carries the attribution.
      layout: { attributionLogo: false, fontSize: 11 },
      crosshair: { mode: CrosshairMode.Normal },
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.16, bottom: 0.24 } },
      timeScale: { borderVisible: false, timeVisible: true, secondsVisible: false, minBarSpacing: 0.8, tickMarkFormatter: tick },
      localization: { timeFormatter: (time: UTCTimestamp) => `${date(time * 1000)} ${clockSeconds(time * 1000)} UTC` },
    });
    this.#grid = this.#chart.addSeries(LineSeries, {
      priceScaleId: 'grid',
      lastValueVisible: false,
      priceLineVisible: false,
      crosshairMarkerVisible: false,
    });
    this.#volumes = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'custom', formatter: volume, minMove: 1e-8 },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.#chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    const { decimals } = options;
    this.#candles = this.#chart.addSeries(CandlestickSeries, {
      priceFormat: { type: 'custom', formatter: (value: number) => price(value, decimals), minMove: 10 ** -decimals },
      priceLineStyle: LineStyle.Dotted,
    });
    this.#candles.attachPrimitive(this.#bands);
    this.#paint(surroundings.colors);
    this.#leave = feed.onChange((change) => this.#changed(change));
    this.#watch(box);
    this.#setAll();
    this.#firstView();
  }

  dispose(): void {
    this.#leave();
    this.#chart.remove();
  }

  /** Takes what changed around the bars: another theme, a new slot, settled predictions. */
  surround(next: Surroundings): void {
    const before = this.#surroundings;
    this.#surroundings = next;
    if (next.colors !== before.colors) {
      this.#paint(next.colors);
      this.#setVolumes();
    }
    this.#extendGrid();
    this.#follow();
    this.#showBands();
  }

  /** Shows the newest bar again and follows it. */
  toNewest(): void {
    this.#setFollowing(true);
    this.#follow();
  }

  pan(bars: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    this.#chart.timeScale().setVisibleLogicalRange({ from: range.from + bars * panBars, to: range.to + bars * panBars });
    this.#noteMove();
  }

  zoom(factor: number): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    this.#chart.timeScale().setVisibleLogicalRange({ from: range.to - (range.to - range.from) * factor, to: range.to });
    this.#noteMove();
  }

  #paint(colors: ChartColors): void {
    this.#chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: colors.text, fontFamily: colors.font },
      grid: { vertLines: { visible: false }, horzLines: { color: colors.grid } },
      crosshair: {
        vertLine: { color: colors.crosshair, labelBackgroundColor: colors.crosshairLabel },
        horzLine: { color: colors.crosshair, labelBackgroundColor: colors.crosshairLabel },
      },
    });
    this.#candles.applyOptions({
      upColor: colors.upBody,
      downColor: colors.down,
      borderUpColor: colors.up,
      borderDownColor: colors.down,
      wickUpColor: colors.up,
      wickDownColor: colors.down,
    });
    this.#paintPriceLine();
  }

  /** Hollow bodies have the colour of the ground, which would hide the price label: it takes the border's instead. */
  #paintPriceLine(): void {
    const last = this.#feed.tape.last;
    if (last === undefined) return;
    const { up, down } = this.#surroundings.colors;
    this.#candles.applyOptions({ priceLineColor: last.close >= last.open ? up : down });
  }

  #changed(change: Change): void {
    if (change === 'all') return this.#setAll();
    const newest = this.#feed.tape.last;
    const old = newest !== undefined && change.ts < newest.ts;
    this.#extendGrid();
    this.#candles.update(this.#candle(change), old);
    this.#volumes.update(this.#volume(change), old);
    this.#paintPriceLine();
    this.#follow();
    this.#showBands();
  }

  #setAll(): void {
    const { bars } = this.#feed.tape;
    this.#gridEnd = 0;
    this.#extendGrid();
    this.#candles.setData(bars.map((bar) => this.#candle(bar)));
    this.#setVolumes();
    this.#paintPriceLine();
    this.#follow();
    this.#showBands();
  }

  #setVolumes(): void {
    this.#volumes.setData(this.#feed.tape.bars.map((bar) => this.#volume(bar)));
  }

  /** Lets the axis reach the newest bar and the end of the running slot. */
  #extendGrid(): void {
    const { tape } = this.#feed;
    const { first, last, intervalMs } = tape;
    if (first === undefined || last === undefined) return;
    const slotEnd = this.#surroundings.running?.to ?? 0;
    const end = Math.max(last.ts, tape.bucket(slotEnd - 1));
    if (this.#gridEnd === 0) this.#grid.setData(gridTimes(first.ts, end, intervalMs).map((time) => ({ time: time as UTCTimestamp })));
    else for (let ts = this.#gridEnd + intervalMs; ts <= end; ts += intervalMs) this.#grid.update({ time: seconds(ts) });
    this.#gridEnd = Math.max(this.#gridEnd, end);
  }

  #firstView(): void {
    const axis = this.#chart.timeScale();
    const width = axis.width() || 800;
    const visible = Math.min(firstVisible, Math.max(40, Math.floor(width / widestVisibleShare)));
    axis.applyOptions({ barSpacing: width / visible });
    this.#follow();
  }

  #follow(): void {
    const last = this.#feed.tape.last;
    if (!this.#following || last === undefined) return;
    const axis = this.#chart.timeScale();
    const visible = axis.width() / axis.options().barSpacing;
    const slotEnd = this.#surroundings.running?.to ?? last.ts;
    axis.scrollToPosition(freePlaces(last.ts, slotEnd, this.#feed.tape.intervalMs, visible), false);
  }

  #showBands(): void {
    const { first, intervalMs } = this.#feed.tape;
    if (first === undefined) return;
    this.#bands.show({ firstTs: first.ts, intervalMs, holes: this.#feed.holes, ...this.#surroundings });
  }

  #watch(box: HTMLElement): void {
    const moved = () => this.#noteMove();
    for (const kind of ['wheel', 'pointerup', 'touchend']) box.addEventListener(kind, moved, { passive: true });
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range !== null && range.from < olderWithin && !this.#following) void this.#feed.older();
    });
    this.#chart.subscribeCrosshairMove(({ time }) => {
      if (time === undefined) return this.#options.onPointed(null);
      const ts = (time as UTCTimestamp) * 1000;
      const { bars, intervalMs } = this.#feed.tape;
      this.#options.onPointed({
        ts,
        bar: bars.find((bar) => bar.ts === ts) ?? null,
        hole: holeWithin(this.#feed.holes, ts, ts + intervalMs),
      });
    });
  }

  #noteMove(): void {
    requestAnimationFrame(() => this.#setFollowing(this.#chart.timeScale().scrollPosition() > -1));
  }

  #setFollowing(following: boolean): void {
    if (this.#following === following) return;
    this.#following = following;
    this.#options.onFollowing(following);
  }

  #candle({ ts, open, high, low, close }: ChartBar) {
    return { time: seconds(ts), open, high, low, close };
  }

  #volume(bar: ChartBar) {
    const { volumeUp, volumeDown } = this.#surroundings.colors;
    return { time: seconds(bar.ts), value: bar.volume, color: bar.close >= bar.open ? volumeUp : volumeDown };
  }
}

/** Axis labels in UTC: the day at midnight, else the time, with seconds where there are some. */
function tick(time: unknown): string {
  const ms = Number(time) * 1000;
  if (ms % dayMs === 0) return dayAndMinutes(ms).slice(0, -' 00:00'.length);
  return ms % minuteMs === 0 ? clockMinutes(ms) : clockSeconds(ms);
}
