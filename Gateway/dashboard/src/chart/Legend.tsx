import { clockSeconds } from '../format/time';
import { price, unitsOf, volume } from '../format/price';
import type { Pointed } from './CandleView';
import { holeLine } from './holeWords';

interface Props {
  pointed: Pointed | null;
  symbol: string;
  decimals: number;
}

/** Figures of the bar or hole under the pointer. */
export function Legend({ pointed, symbol, decimals }: Props) {
  if (pointed === null) return null;
  const { bar, hole } = pointed;
  return (
    <div className="legend num" aria-hidden="true">
      <span>{clockSeconds(pointed.ts)}</span>
      {bar !== null && (
        <>
          <span>
            <i>O</i> {price(bar.open, decimals)}
          </span>
          <span>
            <i>H</i> {price(bar.high, decimals)}
          </span>
          <span>
            <i>L</i> {price(bar.low, decimals)}
          </span>
          <span>
            <i>C</i> {price(bar.close, decimals)}
          </span>
          <span>
            <i>Vol</i> {volume(bar.volume)} {unitsOf(symbol).base}
          </span>
        </>
      )}
      {hole !== null && (
        <span className="legend-hole" data-state={hole.state ?? 'missing'}>
          {holeLine(hole)}
        </span>
      )}
    </div>
  );
}
