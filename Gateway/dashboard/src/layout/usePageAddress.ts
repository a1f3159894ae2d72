import { useCallback, useState } from 'react';

/** A value kept in the page's address, so that a reload or a shared link shows the same. */
export function usePageAddress(name: string): [string | null, (value: string) => void] {
  const [value, setValue] = useState(() => new URLSearchParams(location.search).get(name));
  const change = useCallback(
    (next: string) => {
      const values = new URLSearchParams(location.search);
      values.set(name, next);
      history.replaceState(null, '', `?${values}`);
      setValue(next);
    },
    [name],
  );
  return [value, change];
}
