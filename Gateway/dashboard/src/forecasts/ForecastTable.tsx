import type { StrategyReturns } from '../api/types';
import { signed } from '../format/percent';
import { axisFor } from './axis';
import { ForecastRow } from './ForecastRow';

interface Props {
  strategies: readonly string[];
  predicted: StrategyReturns;
  lower: StrategyReturns | null;
  upper: StrategyReturns | null;
  pick: string | null;
}

/** All strategies on one axis. */
export function ForecastTable({ strategies, predicted, lower, upper, pick }: Props) {
  const axis = axisFor([predicted, lower ?? {}, upper ?? {}].flatMap((returns) => Object.values(returns)));
  const intervalOf = (strategy: string) => {
    const low = lower?.[strategy];
    const high = upper?.[strategy];
    return low === undefined || high === undefined ? null : { lower: low, upper: high };
  };
  return (
    <table className="forecast-table">
      <caption className="sr-only">Expected net return of each strategy over the slot, in percent after costs</caption>
      <thead>
        <tr>
          <th scope="col">Strategy</th>
          <td className="forecast-plot" aria-hidden="true" />
          <th scope="col">Net</th>
          <th scope="col">90 % interval</th>
        </tr>
      </thead>
      <tbody>
        {strategies.map((strategy) => {
          const value = predicted[strategy];
          if (value === undefined) return null;
          return (
            <ForecastRow key={strategy} strategy={strategy} predicted={value} interval={intervalOf(strategy)} picked={strategy === pick} axis={axis} />
          );
        })}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td>% net</td>
          <td className="forecast-plot">
            <svg>
              {axis.ticks.map((tick) => (
                <text key={tick} x={`${axis.at(tick)}%`} y="11">
                  {signed(tick, axis.decimals)}
                </text>
              ))}
            </svg>
          </td>
          <td colSpan={2}>after costs</td>
        </tr>
      </tfoot>
    </table>
  );
}
