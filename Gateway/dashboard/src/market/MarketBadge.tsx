import { marketName, speedName } from './feedState';
import { useMarket } from './MarketContext';

export function MarketBadge() {
  const { status } = useMarket();
  return (
    <span className="badge" data-fast={status.speed !== 1}>
      {marketName(status.market)} <i aria-hidden="true">·</i> {speedName(status.speed)}
    </span>
  );
}
