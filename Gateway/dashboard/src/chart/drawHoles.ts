import type { Hole } from './holes';
import { holeCaption } from './holeWords';
import type { Scene } from './SlotBands';

interface Size {
  width: number;
  height: number;
}

const stripe = 7;
const roomForText = 16;
const bracket = 6;

/** Hatched bands over missing time with its cause along them, and brackets under repaired time. */
export function drawHoles(
  context: CanvasRenderingContext2D,
  size: Size,
  scene: Scene,
  xOf: (ts: number) => number,
  behind: boolean,
): void {
  for (const hole of scene.holes) {
    const from = xOf(hole.from);
    const to = xOf(hole.to);
    if (to < 0 || from > size.width) continue;
    const width = Math.max(2, to - from);
    if (hole.state === 'repaired') {
      if (behind) drawBracket(context, from, width, size.height, scene.colors.repaired);
    } else if (behind) drawHatch(context, from, width, size.height, scene.colors.hole);
    else if (width >= roomForText) drawCause(context, from + width / 2, size.height, hole, scene);
  }
}

function drawHatch(context: CanvasRenderingContext2D, left: number, width: number, height: number, color: string): void {
  context.save();
  context.beginPath();
  context.rect(left, 0, width, height);
  context.clip();
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  const start = Math.floor((left - height) / stripe) * stripe;
  for (let x = start; x < left + width; x += stripe) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.restore();
}

/** Candles stand in repaired time, so it is only marked below them. */
function drawBracket(context: CanvasRenderingContext2D, left: number, width: number, height: number, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(left + 1, height - bracket);
  context.lineTo(left + 1, height - 1);
  context.lineTo(left + width - 1, height - 1);
  context.lineTo(left + width - 1, height - bracket);
  context.stroke();
}

function drawCause(context: CanvasRenderingContext2D, center: number, height: number, hole: Hole, scene: Scene): void {
  context.save();
  context.translate(center, height * 0.5);
  context.rotate(-Math.PI / 2);
  context.font = `500 11px ${scene.colors.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = scene.colors.holeText;
  context.fillText(holeCaption(hole), 0, 0, height * 0.7);
  context.restore();
}
