import { useCallback, useEffect, useState } from 'react';

const read = (name: string) => new URLSearchParams(location.search).get(name);

/** The page's address with one value of its query changed. */
export function addressWith(name: string, value: string): string {
  const values = new URLSearchParams(location.search);
  values.set(name, value);
  return `?${values}`;
}

/**
 * A value kept in the page's address, so that a reload or a shared link shows the same.
 * With "push" each change is a step that the browser's back button undoes.
 */
export function usePageAddress(name: string, step: 'replace' | 'push' = 'replace'): [string | null, (value: string) => void] {
  const [value, setValue] = useState(() => read(name));

  useEffect(() => {
    const follow = () => setValue(read(name));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [name]);

  const change = useCallback(
    (next: string) => {
      if (step === 'push') history.pushState(null, '', addressWith(name, next));
      else history.replaceState(null, '', addressWith(name, next));
      setValue(next);
    },
    [name, step],
  );
  return [value, change];
}
