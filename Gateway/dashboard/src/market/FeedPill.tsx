import { sentence } from '../format/sentence';
import type { HeardSymbol } from './HeardSymbol';
import { useFeedLine } from './useFeedLine';

/** The chosen symbol's feed at a glance: its state and its lag, always there. */
export function FeedPill({ info }: { info: HeardSymbol }) {
  const line = useFeedLine(info);
  return (
    <span className="pill feed-pill" data-tone={line.tone} data-late={line.late} title={sentence(info.detail) || undefined}>
      <span aria-hidden="true">{line.glyph}</span>
      {line.words}
      {line.lag !== null && (
        <span className="feed-lag num">
          <span className="unit">lag</span> {line.lag}
        </span>
      )}
    </span>
  );
}
