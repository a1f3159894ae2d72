/** Colours of everything drawn on the canvas, as the theme in force sets them. */
export interface ChartColors {
  text: string;
  grid: string;
  up: string;
  down: string;
  upBody: string;
  volumeUp: string;
  volumeDown: string;
  crosshair: string;
  crosshairLabel: string;
  slotLine: string;
  slotNow: string;
  slotNowEdge: string;
  hole: string;
  holeText: string;
  repaired: string;
  hit: string;
  miss: string;
  muted: string;
  font: string;
}

/** Reads the theme's custom properties, since a canvas does not. */
export function readChartColors(): ChartColors {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: of('--text-2'),
    grid: of('--chart-grid'),
    up: of('--up'),
    down: of('--down'),
    upBody: of('--chart-up-body'),
    volumeUp: of('--chart-volume-up'),
    volumeDown: of('--chart-volume-down'),
    crosshair: of('--text-3'),
    crosshairLabel: of('--chart-label'),
    slotLine: of('--chart-slot-line'),
    slotNow: of('--chart-slot-now'),
    slotNowEdge: of('--accent'),
    hole: of('--chart-hole'),
    holeText: of('--warn'),
    repaired: of('--accent'),
    hit: of('--up'),
    miss: of('--down'),
    muted: of('--text-3'),
    font: of('--font'),
  };
}
