import type { FeedLine } from './feedLine';

/** The feed's state as a small sign: shape and colour differ, and it has a name for screen readers, with the lag. */
export function FeedDot({ line }: { line: FeedLine }) {
  const label = line.lag === null ? line.words : `${line.words}, feed lag ${line.lag}`;
  return (
    <span className="feed-dot" data-tone={line.tone} title={label}>
      <span aria-hidden="true">{line.glyph}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
