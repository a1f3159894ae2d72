import { percent } from '../format/percent';
import { strategyName } from './strategyName';
import type { Verdict } from './verdict';

const signs = {
  hit: { glyph: '✓', word: 'Hit' },
  miss: { glyph: '✕', word: 'Miss' },
  flat: { glyph: '○', word: 'Flat' },
} as const;

const missing = { explained: 'Not predicted', void: 'No outcome', open: 'Not settled' } as const;

/** How the decision turned out, in a sign, words and colour. */
export function VerdictTag({ verdict, pick }: { verdict: Verdict; pick: string | null }) {
  switch (verdict.kind) {
    case 'hit':
    case 'miss':
    case 'flat':
      return (
        <span className="verdict" data-tone={verdict.kind}>
          <span aria-hidden="true">{signs[verdict.kind].glyph}</span>
          <span>
            {signs[verdict.kind].word} <span className="num">{percent(verdict.returnPct, 2)}</span>
            <small>{pick && strategyName(pick)}</small>
          </span>
        </span>
      );
    case 'none':
      return (
        <span className="verdict" data-tone="none">
          <span aria-hidden="true">–</span>
          <span>
            No trade
            {verdict.best && (
              <small>
                best {strategyName(verdict.best.strategy).toLowerCase()} <span className="num">{percent(verdict.best.returnPct, 2)}</span>
              </small>
            )}
          </span>
        </span>
      );
    case 'explained':
    case 'void':
    case 'open':
      return (
        <span className="verdict" data-tone="none">
          <span aria-hidden="true">○</span>
          <span>{missing[verdict.kind]}</span>
        </span>
      );
  }
}
