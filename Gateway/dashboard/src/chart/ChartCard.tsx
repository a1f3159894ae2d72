import { useMemo } from 'react';
import type { Prediction } from '../api/types';
import { decimalsOf } from '../format/price';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Segments } from '../layout/Segments';
import { Skeleton } from '../layout/Skeleton';
import { usePageAddress } from '../layout/usePageAddress';
import { useMarket } from '../market/MarketContext';
import type { Theme } from '../theme/theme';
import { CandleChart } from './CandleChart';
import { readChartColors } from './chartColors';
import { intervalName, intervals, isInterval } from './intervals';
import { PriceLine } from './PriceLine';
import { slotMarks } from './slotMarks';
import { useChartFeed, useHasBars } from './useChartFeed';

interface Props {
  symbol: string;
  predictions: readonly Prediction[];
  theme: Theme;
}

const decimalsFrom = 300;
const options = intervals.map((value) => ({ value, text: value, title: intervalName(value) }));

export function ChartCard({ symbol, predictions, theme }: Props) {
  const { barMs, slotMs } = useMarket();
  const [asked, setAsked] = usePageAddress('interval');
  const interval = isInterval(asked) ? asked : '15s';
  const { feed, phase } = useChartFeed(symbol, interval, barMs);
  const ready = phase.kind === 'ready';
  const any = useHasBars(feed);

  const decimals = useMemo(() => {
    const bars = any ? feed.tape.bars.slice(-decimalsFrom) : [];
    return decimalsOf(bars.flatMap((bar) => [bar.open, bar.close]));
    // Each phase has more bars to go by than the one before.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react/exhaustive-deps
  }, [any, feed, phase]);

  // The theme is what makes the colours read anew.
  // oxlint-disable-next-line react/exhaustive-deps
  const colors = useMemo(readChartColors, [theme]);
  const surroundings = useMemo(() => {
    const [newest] = predictions;
    const running = newest === undefined ? null : { from: Date.parse(newest.baseTs), to: Date.parse(newest.targetTs) };
    return { slotMs, marks: slotMarks(predictions), running, colors };
  }, [predictions, slotMs, colors]);

  return (
    <Card
      title={symbol}
      className="chart-card"
      aside={<Segments label="Length of a candle" options={options} value={interval} onChange={setAsked} />}
    >
      <PriceLine feed={ready ? feed : null} symbol={symbol} decimals={decimals} slotMs={slotMs} />
      {phase.error !== null && phase.kind === 'ready' && (
        <p className="chart-warning" role="status">
          ▲ Bars could not be read again: {phase.error.message}
        </p>
      )}
      {phase.kind === 'loading' && <Skeleton lines={1} label="Reading bars" />}
      {phase.kind === 'failed' && (
        <Note kind="error" title="The bars could not be read">
          {phase.error?.message} Trying again every few seconds.
        </Note>
      )}
      {ready && !any && (
        <Note kind="empty" title="No bars yet">
          Candles appear here as soon as the feed has delivered the first bar of {symbol}.
        </Note>
      )}
      {ready && any && <CandleChart feed={feed} symbol={symbol} decimals={decimals} surroundings={surroundings} />}
    </Card>
  );
}
