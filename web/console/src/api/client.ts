/** Calls of the console's interface under `/api/v1`: JSON in, JSON and its tag out, problems as one kind of error. */
import { ApiProblem, offline, readProblem } from './problem';

export type Query = Record<string, string | number | boolean | undefined>;

export interface Tagged<T> {
  data: T;
  /** What `If-Match` has to name when this thing is changed; `null` where nothing guards it. */
  etag: string | null;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const ROOT = '/api/v1';

/** Signs the person in again over the page; resolves once that is done. Set by the shell. */
let regain: (() => Promise<void>) | null = null;

/** Names what opens the sign-in when the session has ended. */
export function onSignedOut(open: () => Promise<void>): void {
  regain = open;
}

/** The address of `path` with `query`; what is empty or undefined is left out. */
export function address(path: string, query?: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const search = parameters.toString();
  return `${ROOT}${path}${search ? `?${search}` : ''}`;
}

async function once<T>(
  method: Method,
  url: string,
  body: unknown,
  etag: string | null | undefined,
  signal?: AbortSignal,
): Promise<Tagged<T>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  // The server takes changes only from a page of its own; another site's form cannot set this.
  if (method !== 'GET') headers['x-mujib-console'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (etag) headers['if-match'] = etag;
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw offline();
  }
  if (!answer.ok) throw await readProblem(answer);
  const text = await answer.text();
  return { data: (text === '' ? null : JSON.parse(text)) as T, etag: answer.headers.get('etag') };
}

/** Whether a 401 says that the session has ended, rather than that a password was wrong. */
const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status === 401 && error.code !== 'wrong_credentials';

async function call<T>(
  method: Method,
  path: string,
  { query, body, etag, signal }: { query?: Query; body?: unknown; etag?: string | null; signal?: AbortSignal },
): Promise<Tagged<T>> {
  const url = address(path, query);
  try {
    return await once<T>(method, url, body, etag, signal);
  } catch (error) {
    if (!isSignedOut(error) || !regain || path === '/session') throw error;
    // What was typed stays on the page below; the same call goes out again afterwards.
    await regain();
    return once<T>(method, url, body, etag, signal);
  }
}

export const api = {
  /** Throws `ApiProblem`; an aborted call throws the browser's `AbortError`. */
  get: <T>(path: string, query?: Query, signal?: AbortSignal): Promise<Tagged<T>> =>
    call<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) }),

  /** The same for what changes something; `etag` goes out as `If-Match`. */
  send: <T>(
    method: Exclude<Method, 'GET'>,
    path: string,
    body?: unknown,
    etag?: string | null,
    signal?: AbortSignal,
  ): Promise<Tagged<T>> => call<T>(method, path, { body, etag: etag ?? null, ...(signal && { signal }) }),
};
