/** What went wrong with a call, as RFC 9457 says it. */

/** A problem of the knowledge, in the words of `mujib check`. */
export interface Problem {
  what: string;
  mend: string;
  field?: string | null;
  file?: string | null;
  line?: number | null;
}

interface Details {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  problems?: Problem[];
  fields?: Record<string, string>;
  current?: unknown;
  retryAfterMs?: number | null;
}

export class ApiProblem extends Error {
  /** 0 when the server could not be reached. */
  readonly status: number;
  /** A stable word, translated by `problemText`. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly problems: readonly Problem[];
  /** What is wrong with which field of a form. */
  readonly fields: Readonly<Record<string, string>>;
  /** The thing as it is now, when someone else changed it meanwhile. */
  readonly current: unknown;
  readonly retryAfterMs: number | null;

  constructor({ status, code, title = '', detail = '', problems, fields, current, retryAfterMs }: Details) {
    super(detail || title || code);
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.problems = problems ?? [];
    this.fields = fields ?? {};
    this.current = current;
    this.retryAfterMs = retryAfterMs ?? null;
  }
}

/** The server could not be reached. */
export const offline = (): ApiProblem => new ApiProblem({ status: 0, code: 'offline' });

/** Any error as a problem; what is none counts as a fault of the console itself. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem({ status: 0, code: 'unexpected', detail: error instanceof Error ? error.message : '' });
}

/** Whether a call was only given up because something newer took its place. */
export const isAborted = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';

const CODES: Readonly<Record<number, string>> = {
  401: 'signed_out',
  403: 'role_too_low',
  404: 'not_found',
  409: 'conflict',
  412: 'changed_meanwhile',
  413: 'too_large',
  428: 'precondition_required',
  429: 'rate_limited',
};

/** The problem that an answer tells of; one without a body gets the code of its status. */
export async function readProblem(answer: Response): Promise<ApiProblem> {
  let fields: Record<string, unknown> = {};
  try {
    const value: unknown = await answer.json();
    if (typeof value === 'object' && value !== null) fields = value as Record<string, unknown>;
  } catch {
    // A proxy between may answer in its own way.
  }
  const text = (name: string): string => (typeof fields[name] === 'string' ? (fields[name] as string) : '');
  const retry = fields.retry_after_ms;
  return new ApiProblem({
    status: answer.status,
    code: text('code') || CODES[answer.status] || 'unexpected',
    title: text('title'),
    detail: text('detail'),
    problems: Array.isArray(fields.problems) ? (fields.problems as Problem[]) : [],
    fields: (typeof fields.fields === 'object' && fields.fields !== null ? fields.fields : {}) as Record<
      string,
      string
    >,
    current: fields.current,
    retryAfterMs: typeof retry === 'number' ? retry : null,
  });
}
