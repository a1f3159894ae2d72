import { useEffect, useMemo } from 'react';
import { useLive } from './api/LiveContext';
import { Dashboard } from './Dashboard';
import { KeyForm } from './layout/KeyForm';
import { Note } from './layout/Note';
import { Skeleton } from './layout/Skeleton';
import { usePageAddress } from './layout/usePageAddress';
import { chooseSymbol } from './market/chooseSymbol';
import { Header } from './market/Header';
import { MarketContext } from './market/MarketContext';
import { Notices } from './market/Notices';
import { viewOf, viewParameter } from './market/views';
import { useStatus } from './market/useStatus';
import { useSymbols } from './market/useSymbols';
import { QualityPage } from './quality/QualityPage';
import { useTheme } from './theme/theme';

/** Reads what everything else needs, the status and the symbols, and shows the page once they are there. */
export function Page() {
  const { hub } = useLive();
  const status = useStatus();
  const symbols = useSymbols();
  const [asked, setAsked] = usePageAddress('symbol');
  const [page, setPage] = usePageAddress(viewParameter, 'push');
  const view = viewOf(page);
  const [theme, setTheme] = useTheme();
  const chosen = symbols.data && chooseSymbol(symbols.data, asked);
  const name = chosen?.symbol;

  useEffect(() => {
    hub.follow(name === undefined ? [] : [name]);
  }, [hub, name]);

  const market = useMemo(() => {
    if (status.data === undefined || status.time === undefined || symbols.data === undefined) return null;
    const { status: facts } = status.data;
    return { status: facts, time: status.time, barMs: facts.barSeconds * 1000, slotMs: facts.slotSeconds * 1000, symbols: symbols.data };
  }, [status.data, status.time, symbols.data]);

  const error = status.error ?? symbols.error;
  if (error?.status === 401) return <KeyForm message={error.message} />;
  if (market === null)
    return (
      <main className="whole-page">
        {error === undefined ? (
          <div className="whole-page-loading">
            <img src="/mark.svg" alt="" width="40" height="40" />
            <Skeleton lines={3} label="Reading the market" />
          </div>
        ) : (
          <Note kind="error" title="The gateway cannot be reached">
            {error.message} This page tries again by itself.
          </Note>
        )}
      </main>
    );

  return (
    <MarketContext value={market}>
      <Header symbols={market.symbols} chosen={chosen} onChoose={setAsked} view={view} onView={setPage} theme={theme} onTheme={setTheme} />
      {chosen === undefined ? (
        <main className="whole-page">
          <Note kind="empty" title="No symbols yet">
            Add one with PUT /api/symbols/BTCUSDT, or name symbols when the system is started.
          </Note>
        </main>
      ) : (
        <>
          <Notices symbol={chosen} error={error} />
          {view === 'quality' ? <QualityPage info={chosen} /> : <Dashboard symbol={chosen.symbol} theme={theme} />}
        </>
      )}
    </MarketContext>
  );
}
