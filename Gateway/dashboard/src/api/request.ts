import { ApiError } from './ApiError';
import { apiKey } from './key';
import type { ProblemDocument } from './types';

const timeoutMs = 10_000;

type Query = Record<string, string | number | null | undefined>;

/** An address with those query values that are set. */
export function address(path: string, query: Query = {}): string {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) values.set(name, String(value));
  const text = values.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<ProblemDocument | null> {
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    return null; // A proxy in between may answer with a page instead of a problem document.
  }
}

/** Reads JSON from the gateway; every failure is an ApiError, except an abort by the caller. */
export async function getJson<T>(url: string, signal: AbortSignal): Promise<T> {
  const key = apiKey();
  let response: Response;
  try {
    response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      headers: key ? { Accept: 'application/json', 'X-Api-Key': key } : { Accept: 'application/json' },
    });
    if (!response.ok) throw ApiError.from(response.status, await problemOf(response));
    return (await response.json()) as T;
  } catch (error) {
    if (signal.aborted || error instanceof ApiError) throw error;
    throw ApiError.unreachable();
  }
}
