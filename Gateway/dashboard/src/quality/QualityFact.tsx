interface Props {
  name: string;
  /** With its unit; null when there is none. */
  value: string | null;
  more: string;
  tone?: 'bad' | undefined;
}

/** A figure with its name above and what it counts below. */
export function QualityFact({ name, value, more, tone }: Props) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num" data-tone={tone}>
        {tone === 'bad' && <span aria-hidden="true">▲ </span>}
        {value ?? '–'}
      </dd>
      <dd className="quality-more num">{more}</dd>
    </div>
  );
}
