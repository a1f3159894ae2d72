import type { ReactNode } from 'react';

interface Props {
  kind: 'empty' | 'error';
  title: string;
  children?: ReactNode;
  onRetry?: () => void;
}

/** What a card says when it has nothing to show, and why. */
export function Note({ kind, title, children, onRetry }: Props) {
  return (
    <div className="note" data-kind={kind} role={kind === 'error' ? 'alert' : undefined}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {kind === 'error' ? (
          <path d="M12 8.5v4.5m0 3.2v.1M10.3 4.3 2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.3a2 2 0 0 0-3.4 0Z" />
        ) : (
          <path d="M4 18.5h16M6.5 15v-3.5m5.5 3.5V8m5.5 7v-5" />
        )}
      </svg>
      <p className="note-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
