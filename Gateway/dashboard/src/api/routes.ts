import { address, getJson } from './request';
import type { Scorecard } from './scorecard';
import type { Bar, CurrentModel, Gap, List, LogEvent, Model, Prediction, Quality, Status, SymbolInfo, Training } from './types';

interface BarRange {
  interval: string;
  from?: number;
  to?: number;
  limit: number;
}

const of = (symbol: string) => `/api/symbols/${encodeURIComponent(symbol)}`;
const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

/** The gateway's routes that the page reads. Times go in as Unix ms. */
export const routes = {
  status: (signal: AbortSignal) => getJson<Status>('/api/status', signal),
  symbols: (signal: AbortSignal) => getJson<List<SymbolInfo>>('/api/symbols', signal),
  bars: (symbol: string, { interval, from, to, limit }: BarRange, signal: AbortSignal) =>
    getJson<List<Bar>>(address(`${of(symbol)}/bars`, { interval, from: iso(from), to: iso(to), limit }), signal),
  gaps: (symbol: string, from: number, signal: AbortSignal) =>
    getJson<List<Gap>>(address(`${of(symbol)}/gaps`, { from: iso(from) }), signal),
  quality: (symbol: string, from: number, to: number, signal: AbortSignal) =>
    getJson<Quality>(address(`${of(symbol)}/quality`, { from: iso(from), to: iso(to) }), signal),
  predictions: (symbol: string, limit: number, signal: AbortSignal) =>
    getJson<List<Prediction>>(address(`${of(symbol)}/predictions`, { role: 'champion', limit }), signal),
  scorecard: (symbol: string | null, signal: AbortSignal) =>
    getJson<Scorecard>(symbol === null ? '/api/scorecard' : `${of(symbol)}/scorecard`, signal),
  currentModel: (signal: AbortSignal) => getJson<CurrentModel>('/api/models/current', signal),
  models: (limit: number, signal: AbortSignal) => getJson<List<Model>>(address('/api/models', { limit }), signal),
  training: (limit: number, signal: AbortSignal) => getJson<Training>(address('/api/training', { limit }), signal),
  events: (limit: number, signal: AbortSignal) => getJson<List<LogEvent>>(address('/api/events', { limit }), signal),
};
