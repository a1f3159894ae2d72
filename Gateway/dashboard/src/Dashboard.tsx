import { ChartCard } from './chart/ChartCard';
import { ForecastCard } from './forecasts/ForecastCard';
import { SettledCard } from './forecasts/SettledCard';
import { usePredictions } from './forecasts/usePredictions';
import { LogCard } from './log/LogCard';
import { ModelCard } from './models/ModelCard';
import { ScorecardCard } from './scorecard/ScorecardCard';
import type { Theme } from './theme/theme';

const none: never[] = [];

/** Everything about one symbol. The decision comes first, for small screens and screen readers alike. */
export function Dashboard({ symbol, theme }: { symbol: string; theme: Theme }) {
  const predictions = usePredictions(symbol);
  return (
    <main className="board">
      <div className="side">
        <ForecastCard predictions={predictions} />
        <ModelCard />
        <LogCard />
      </div>
      <ChartCard symbol={symbol} predictions={predictions.data ?? none} theme={theme} />
      <SettledCard predictions={predictions} />
      <ScorecardCard symbol={symbol} />
    </main>
  );
}
