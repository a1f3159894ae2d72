import type { HeardSymbol } from '../market/HeardSymbol';
import { usePageAddress } from '../layout/usePageAddress';
import { FeedCard } from './FeedCard';
import { GapsCard } from './GapsCard';
import { HoursCard } from './HoursCard';
import { spanOf } from './spans';
import { TalliesCard } from './TalliesCard';
import { useQuality } from './useQuality';

/** What is known about the data of one symbol: what is there, what is not and why. */
export function QualityPage({ info }: { info: HeardSymbol }) {
  const [asked, setAsked] = usePageAddress('span');
  const span = spanOf(asked);
  const quality = useQuality(info.symbol, span);
  return (
    <main className="quality">
      <FeedCard info={info} quality={quality} span={span} onSpan={setAsked} />
      <HoursCard quality={quality} />
      <GapsCard quality={quality} />
      <TalliesCard quality={quality} />
    </main>
  );
}
