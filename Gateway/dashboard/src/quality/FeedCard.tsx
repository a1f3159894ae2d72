import type { Quality } from '../api/types';
import type { Resource } from '../api/useResource';
import { lagText } from '../format/lag';
import { sentence } from '../format/sentence';
import { clockSeconds } from '../format/time';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Segments } from '../layout/Segments';
import { Skeleton } from '../layout/Skeleton';
import type { HeardSymbol } from '../market/HeardSymbol';
import { useFeedLine } from '../market/useFeedLine';
import { completenessText, count, counted } from './completeness';
import { QualityFact } from './QualityFact';
import { type Span, spans } from './spans';

interface Props {
  info: HeardSymbol;
  quality: Resource<Quality>;
  span: Span;
  onSpan: (span: Span) => void;
}

/** The feed now, and the span in a few figures. */
export function FeedCard({ info, quality, span, onSpan }: Props) {
  const { data, error, reload } = quality;
  const line = useFeedLine(info);
  const why = sentence(info.detail);
  const lag = data?.lag ?? null;
  return (
    <Card title={`Data quality of ${info.symbol}`} className="quality-feed" aside={<Segments label="Span" options={spans} value={span} onChange={onSpan} />}>
      <p className="quality-state">
        <span className="tag" data-tone={line.tone}>
          <span aria-hidden="true">{line.glyph}</span> {line.words}
        </span>
        {why !== '' && <span className="quality-why">{why}</span>}
        {data !== undefined && error !== undefined && (
          <span className="tag quality-stale" data-tone="bad" role="status" title={error.message}>
            ▲ stale, figures as of {clockSeconds(Date.parse(data.to))} UTC
          </span>
        )}
      </p>
      {data === undefined && error === undefined && <Skeleton lines={2} label="Reading the quality of the data" />}
      {data === undefined && error !== undefined && (
        <Note kind="error" title="The quality of the data could not be read" onRetry={reload}>
          {error.message}
        </Note>
      )}
      {data !== undefined && (
        <dl className="quality-facts">
          <QualityFact
            name="Complete"
            value={data.completeness === null ? null : completenessText(data.completeness, data.expectedBars)}
            tone={data.missingBars > 0 ? 'bad' : undefined}
            more={data.expectedBars === 0 ? 'no bars expected' : `${count(data.missingBars)} of ${counted(data.expectedBars, 'bar')} missing`}
          />
          <QualityFact name="Feed lag now" value={line.lag} tone={line.late ? 'bad' : undefined} more="since the last sign of life" />
          <QualityFact name="Lag, median" value={lag && lagText(lag.p50)} more="bar’s end to receipt" />
          <QualityFact name="Lag, p99" value={lag && lagText(lag.p99)} more={lag ? `p90 ${lagText(lag.p90)}` : 'no live bars'} />
          <QualityFact name="Lag, longest" value={lag && lagText(lag.max)} more={lag ? `of ${counted(lag.count, 'live bar')}` : 'no live bars'} />
          <QualityFact name="Without trades" value={count(data.flatBars)} more="quiet bars, feed healthy" />
          <QualityFact name="Back-filled" value={count(data.backfilledBars)} more="bars fetched or imported" />
          <QualityFact name="Revised" value={count(data.revisedBars)} more={`bars, ${counted(data.lateTrades, 'late trade')}`} />
        </dl>
      )}
    </Card>
  );
}
