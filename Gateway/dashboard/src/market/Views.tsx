import type { MouseEvent } from 'react';
import { addressWith } from '../layout/usePageAddress';
import { type View, viewParameter, views } from './views';

interface Props {
  view: View;
  onView: (view: View) => void;
}

/** The pages of a symbol, as links: they can be opened in another tab. */
export function Views({ view, onView }: Props) {
  const follow = (event: MouseEvent, to: View) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (to !== view) onView(to);
  };
  return (
    <nav className="views" aria-label="Pages">
      {views.map(({ value, text }) => (
        <a key={value} href={addressWith(viewParameter, value)} aria-current={value === view ? 'page' : undefined} onClick={(event) => follow(event, value)}>
          {text}
        </a>
      ))}
    </nav>
  );
}
