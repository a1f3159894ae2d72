import type { FeedState } from '../api/types';
import { feedWords } from './feedState';

/** The feed's state as a small sign: shape and colour differ, and it has a name for screen readers. */
export function FeedDot({ state }: { state: FeedState }) {
  const { label, tone, glyph } = feedWords(state);
  return (
    <span className="feed-dot" data-tone={tone} title={label}>
      <span aria-hidden="true">{glyph}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
