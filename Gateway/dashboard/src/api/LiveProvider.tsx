import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { connectHub } from './connect';
import { LiveContext } from './LiveContext';

/** Holds the page's one hub connection. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [hub] = useState(connectHub);
  const [generation, setGeneration] = useState(0);

  useEffect(() => {
    const leave = hub.onMissed(() => setGeneration((value) => value + 1));
    hub.start();
    return () => {
      leave();
      hub.stop();
    };
  }, [hub]);

  const live = useMemo(() => ({ hub, generation }), [hub, generation]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
