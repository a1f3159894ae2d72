import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { clockMinutes } from '../format/time';
import { CandleView, type Pointed, type Surroundings } from './CandleView';
import type { ChartFeed } from './ChartFeed';
import { holeLine } from './holeWords';
import { Legend } from './Legend';

interface Props {
  feed: ChartFeed;
  symbol: string;
  decimals: number;
  surroundings: Surroundings;
}

/** The chart in its frame: pointer legend, keyboard, a way back to the newest bar, words for screen readers. */
export function CandleChart({ feed, symbol, decimals, surroundings }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<CandleView>(null);
  const newest = useRef(surroundings);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [following, setFollowing] = useState(true);

  useEffect(() => {
    if (box.current === null) return;
    const made = new CandleView(box.current, feed, newest.current, { decimals, onPointed: setPointed, onFollowing: setFollowing });
    view.current = made;
    setFollowing(true);
    return () => {
      view.current = null;
      made.dispose();
    };
  }, [feed, decimals]);

  useEffect(() => {
    newest.current = surroundings;
    view.current?.surround(surroundings);
  }, [surroundings]);

  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowLeft: () => view.current?.pan(-1),
      ArrowRight: () => view.current?.pan(1),
      '+': () => view.current?.zoom(0.8),
      '=': () => view.current?.zoom(0.8),
      '-': () => view.current?.zoom(1.25),
      End: () => view.current?.toNewest(),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  const holes = feed.holes.slice(-10);
  return (
    <div className="chart-frame">
      {/* The drawing is moved and zoomed by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className="chart-box"
        ref={box}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="application"
        aria-label={`Candles of ${symbol}. Arrow keys move, plus and minus zoom, End goes to the newest bar.`}
        onKeyDown={onKeyDown}
      />
      <Legend pointed={pointed} symbol={symbol} decimals={decimals} />
      {!following && (
        <button type="button" className="button to-newest" onClick={() => view.current?.toNewest()}>
          Newest <span aria-hidden="true">→</span>
        </button>
      )}
      <ul className="sr-only" aria-label="Missing time on the chart">
        {holes.map((hole) => (
          <li key={`${hole.from} ${hole.state}`}>
            {clockMinutes(hole.from)} to {clockMinutes(hole.to)} UTC: {holeLine(hole)}
          </li>
        ))}
      </ul>
    </div>
  );
}
