import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LiveProvider } from './api/LiveProvider';
import { Page } from './Page';
import './theme/tokens.css';
import './layout/layout.css';
import './market/market.css';
import './chart/chart.css';
import './forecasts/forecasts.css';
import './models/models.css';
import './scorecard/scorecard.css';
import './log/log.css';
import './quality/quality.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <LiveProvider>
      <Page />
    </LiveProvider>
  </StrictMode>,
);
