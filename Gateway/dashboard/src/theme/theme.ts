import { useEffect, useState } from 'react';

export type Theme = 'dark' | 'light';

const storageKey = 'hts.theme';
const light = () => matchMedia('(prefers-color-scheme: light)');
const shown = (): Theme => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark');

function store(theme: Theme | null): void {
  try {
    if (theme === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    return; // Storage can be switched off; the choice then lasts as long as the page.
  }
}

/** The theme in force, and a way to change it. A choice that equals the system's preference follows the system again. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(shown);

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  useEffect(() => {
    const query = light();
    const follow = () => {
      store(null);
      setTheme(query.matches ? 'light' : 'dark');
    };
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);

  return [
    theme,
    (next) => {
      store(next === (light().matches ? 'light' : 'dark') ? null : next);
      setTheme(next);
    },
  ];
}
