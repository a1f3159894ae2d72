import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  /** Small facts or controls on the title's line. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled region of the page. */
export function Card({ title, aside, className = '', children }: Props) {
  const id = useId();
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <header className="card-head">
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <div className="card-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
