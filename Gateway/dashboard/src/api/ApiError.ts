import type { ProblemDocument } from './types';

const kindPrefix = 'urn:hts:problem:';

/** A request that failed, with words a reader can act on. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** Last part of the problem's type, such as "no-model"; empty when the answer was not a problem document. */
  readonly kind: string;

  constructor(message: string, status: number, kind: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.kind = kind;
  }

  static unreachable(): ApiError {
    return new ApiError('The gateway does not answer.', 0, '');
  }

  static from(status: number, problem: ProblemDocument | null): ApiError {
    const kind = problem?.type?.startsWith(kindPrefix) ? problem.type.slice(kindPrefix.length) : '';
    const fields = Object.entries(problem?.errors ?? {}).map(([field, texts]) => `${field}: ${texts.join(', ')}`);
    const text = problem?.detail ?? problem?.title ?? `The gateway answered with status ${status}.`;
    return new ApiError([text, ...fields].join(' '), status, kind);
  }
}
