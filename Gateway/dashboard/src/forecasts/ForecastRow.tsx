import { percent, signed } from '../format/percent';
import type { Axis } from './axis';
import { strategyName } from './strategyName';

interface Props {
  strategy: string;
  predicted: number;
  interval: { lower: number; upper: number } | null;
  picked: boolean;
  axis: Axis;
}

/** One strategy: expected net return as a bar from zero, its 90 % interval as a line through it, both as numbers. */
export function ForecastRow({ strategy, predicted, interval, picked, axis }: Props) {
  const zero = axis.at(0);
  const tip = axis.at(predicted);
  return (
    <tr data-picked={picked}>
      <th scope="row">
        {strategyName(strategy)}
        {picked && <span className="picked-tag">pick</span>}
      </th>
      <td className="forecast-plot" aria-hidden="true">
        <svg>
          <line className="axis-zero" x1={`${zero}%`} x2={`${zero}%`} y1="0" y2="100%" />
          {interval && (
            <>
              <rect className="interval" x={`${axis.at(interval.lower)}%`} width={`${axis.at(interval.upper) - axis.at(interval.lower)}%`} y="34%" height="32%" rx="4" />
              <line className="interval-end" x1={`${axis.at(interval.lower)}%`} x2={`${axis.at(interval.lower)}%`} y1="30%" y2="70%" />
              <line className="interval-end" x1={`${axis.at(interval.upper)}%`} x2={`${axis.at(interval.upper)}%`} y1="30%" y2="70%" />
            </>
          )}
          <rect className="net" data-sign={Math.sign(predicted)} x={`${Math.min(zero, tip)}%`} width={`${Math.abs(tip - zero)}%`} y="24%" height="52%" rx="2" />
          <line className="net-tip" data-sign={Math.sign(predicted)} x1={`${tip}%`} x2={`${tip}%`} y1="18%" y2="82%" />
        </svg>
      </td>
      <td className="num forecast-net" data-sign={Math.sign(predicted)}>
        {percent(predicted)}
      </td>
      <td className="num forecast-range">{interval ? `${signed(interval.lower, 2)} … ${signed(interval.upper, 2)} %` : '–'}</td>
    </tr>
  );
}
