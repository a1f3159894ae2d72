import type { SymbolInfo } from '../api/types';
import type { Theme } from '../theme/theme';
import { ThemeToggle } from '../theme/ThemeToggle';
import { ConnectionState } from './ConnectionState';
import { MarketBadge } from './MarketBadge';
import { MarketClock } from './MarketClock';
import { SymbolPicker } from './SymbolPicker';

interface Props {
  symbols: SymbolInfo[];
  chosen: string;
  onChoose: (symbol: string) => void;
  theme: Theme;
  onTheme: (theme: Theme) => void;
}

export function Header({ symbols, chosen, onChoose, theme, onTheme }: Props) {
  return (
    <header className="top">
      <h1>
        <img src="/mark.svg" alt="" width="26" height="26" />
        <span>
          HTS <b>Model Selector</b>
        </span>
      </h1>
      <SymbolPicker symbols={symbols} chosen={chosen} onChoose={onChoose} />
      <div className="top-facts">
        <MarketBadge />
        <MarketClock />
        <ConnectionState />
        <ThemeToggle theme={theme} onChange={onTheme} />
      </div>
    </header>
  );
}
