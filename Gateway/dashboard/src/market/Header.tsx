import type { Theme } from '../theme/theme';
import { ThemeToggle } from '../theme/ThemeToggle';
import { ConnectionState } from './ConnectionState';
import { FeedPill } from './FeedPill';
import type { HeardSymbol } from './HeardSymbol';
import { MarketBadge } from './MarketBadge';
import { MarketClock } from './MarketClock';
import { SymbolPicker } from './SymbolPicker';
import { Views } from './Views';
import type { View } from './views';

interface Props {
  symbols: HeardSymbol[];
  chosen: HeardSymbol | undefined;
  onChoose: (symbol: string) => void;
  view: View;
  onView: (view: View) => void;
  theme: Theme;
  onTheme: (theme: Theme) => void;
}

export function Header({ symbols, chosen, onChoose, view, onView, theme, onTheme }: Props) {
  return (
    <header className="top">
      <h1>
        <img src="/mark.svg" alt="" width="26" height="26" />
        <span>
          HTS <b>Model Selector</b>
        </span>
      </h1>
      <SymbolPicker symbols={symbols} chosen={chosen?.symbol ?? ''} onChoose={onChoose} />
      {chosen && <FeedPill info={chosen} />}
      <Views view={view} onView={onView} />
      <div className="top-facts">
        <MarketBadge />
        <MarketClock />
        <ConnectionState />
        <ThemeToggle theme={theme} onChange={onTheme} />
      </div>
    </header>
  );
}
