import { useState } from 'react';
import { Card } from '../layout/Card';
import { Note } from '../layout/Note';
import { Segments } from '../layout/Segments';
import { Skeleton } from '../layout/Skeleton';
import { useMarket } from '../market/MarketContext';
import { LogLine } from './LogLine';
import { useEvents } from './useEvents';

type Filter = 'all' | 'problems';

const options = [
  { value: 'all', text: 'All' },
  { value: 'problems', text: 'Problems' },
] as const;

export function LogCard() {
  const { data, error, reload } = useEvents();
  const { time } = useMarket();
  const [filter, setFilter] = useState<Filter>('all');
  const events = data?.filter((event) => filter === 'all' || event.level !== 'info');
  const now = time.now();
  return (
    <Card title="Status log" className="log-card" aside={<Segments label="Lines to show" options={options} value={filter} onChange={setFilter} />}>
      {events === undefined && error === undefined && <Skeleton lines={5} label="Reading the status log" />}
      {events === undefined && error !== undefined && (
        <Note kind="error" title="The status log could not be read" onRetry={reload}>
          {error.message}
        </Note>
      )}
      {events?.length === 0 && (
        <Note kind="empty" title={filter === 'all' ? 'Nothing has happened yet' : 'No problems'}>
          {filter === 'all' ? 'Feeds, gaps, trainings and promotions are noted here.' : 'No warning or error among the newest lines.'}
        </Note>
      )}
      {events !== undefined && events.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <div className="scroll" tabIndex={0} role="log" aria-live="off" aria-label="Status log, scrollable">
          <ol className="log-lines">
            {events.map((event) => (
              <LogLine key={event.id} event={event} now={now} />
            ))}
          </ol>
        </div>
      )}
    </Card>
  );
}
