import { useState } from 'react';
import { percent } from '../format/percent';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Segments } from '../layout/Segments';
import { Skeleton } from '../layout/Skeleton';
import { PolicyTable } from './PolicyTable';
import { RoleTable } from './RoleTable';
import { ScorecardTable } from './ScorecardTable';
import { SkillLines } from './SkillLines';
import { useScorecard } from './useScorecard';

type Scope = 'symbol' | 'all';

export function ScorecardCard({ symbol }: { symbol: string }) {
  const [scope, setScope] = useState<Scope>('symbol');
  const { data, error, reload } = useScorecard(scope === 'symbol' ? symbol : null);
  const options = [
    { value: 'symbol', text: symbol },
    { value: 'all', text: 'All' },
  ] as const;
  return (
    <Card title="Scorecard" className="score-card" aside={<Segments label="Symbols to score" options={options} value={scope} onChange={setScope} />}>
      {data === undefined && error === undefined && <Skeleton lines={6} label="Reading the scorecard" />}
      {data === undefined && error !== undefined && (
        <Note kind="error" title="The scorecard could not be read" onRetry={reload}>
          {error.message}
        </Note>
      )}
      {data !== undefined && data.settled === 0 && (
        <Note kind="empty" title="Nothing to score yet">
          Scores begin with the first settled prediction.
        </Note>
      )}
      {data !== undefined && data.settled > 0 && (
        <>
          <dl className="score-sums">
            <div>
              <dt>Settled</dt>
              <dd className="num">{data.settled.toLocaleString('en-US')}</dd>
            </div>
            <div>
              <dt>Explained</dt>
              <dd className="num">{data.explained.toLocaleString('en-US')}</dd>
            </div>
            <div>
              <dt>Picks</dt>
              <dd className="num">{data.picks.toLocaleString('en-US')}</dd>
            </div>
            <div>
              <dt>Mean pick, net</dt>
              <dd className="num" data-sign={Math.sign(data.pickReturn ?? 0)}>
                {data.pickReturn === null ? '–' : percent(data.pickReturn)}
              </dd>
            </div>
          </dl>
          <SkillLines scorecard={data} />
          <div className="scroll">
            <ScorecardTable scorecard={data} />
            {data.policies.length > 0 && <PolicyTable policies={data.policies} />}
            {data.roles.length > 0 && <RoleTable roles={data.roles} />}
          </div>
          <p className="quiet score-foot">Skill against the mean, cover of 90 % intervals; of the ICs only the gross one speaks of direction. Earned and regret net of costs, a slot and symbol.</p>
        </>
      )}
    </Card>
  );
}
