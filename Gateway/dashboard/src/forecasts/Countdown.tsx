import { countdown } from '../format/time';
import { useMarket, useMarketNow } from '../market/MarketContext';

/** Market time left until the next decision. */
export function Countdown() {
  const { slotMs } = useMarket();
  const now = useMarketNow();
  const left = slotMs - (now % slotMs);
  return (
    <div className="countdown">
      <span>Next decision in</span>
      <span className="num" role="timer">
        {countdown(left)}
      </span>
      <progress max={slotMs} value={slotMs - left} aria-label="Part of the slot that has passed" />
    </div>
  );
}
