import type { Scene } from './SlotBands';

interface Size {
  width: number;
  height: number;
}

type XOf = (ts: number) => number;

const narrowest = 24;
const markTop = 12;

/** Slot boundaries and the running slot behind the candles; the slots' marks above them. */
export function drawSlots(context: CanvasRenderingContext2D, size: Size, scene: Scene, xOf: XOf, behind: boolean): void {
  const firstSlot = Math.ceil(scene.firstTs / scene.slotMs) * scene.slotMs;
  const start = xOf(firstSlot);
  const next = xOf(firstSlot + scene.slotMs);
  if (next - start < narrowest) return; // Lines this close would hide the candles.
  if (behind) drawBoundaries(context, size, scene, start, next - start, xOf);
  else drawMarks(context, size, scene, xOf);
}

function drawBoundaries(context: CanvasRenderingContext2D, size: Size, scene: Scene, start: number, width: number, xOf: XOf): void {
  if (scene.running !== null) {
    const from = xOf(scene.running.from);
    const to = xOf(scene.running.to);
    context.fillStyle = scene.colors.slotNow;
    context.fillRect(from, 0, to - from, size.height);
    context.fillStyle = scene.colors.slotNowEdge;
    context.fillRect(from, 0, to - from, 2);
  }
  context.strokeStyle = scene.colors.slotLine;
  context.lineWidth = 1;
  context.setLineDash([2, 4]);
  context.beginPath();
  for (let x = start + Math.ceil(-start / width) * width; x < size.width; x += width) {
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, size.height);
  }
  context.stroke();
  context.setLineDash([]);
}

function drawMarks(context: CanvasRenderingContext2D, size: Size, scene: Scene, xOf: XOf): void {
  context.font = `500 11px ${scene.colors.font}`;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const mark of scene.marks) {
    const from = xOf(mark.from);
    const to = xOf(mark.to);
    if (to < 0 || from > size.width) continue;
    const room = to - from - 8;
    const text = context.measureText(mark.long).width <= room ? mark.long : mark.short;
    context.fillStyle = mark.tone === 'hit' ? scene.colors.hit : mark.tone === 'miss' ? scene.colors.miss : scene.colors.muted;
    context.fillText(text, (from + to) / 2, markTop);
  }
}
