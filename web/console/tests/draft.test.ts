import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Entry } from '../src/api/knowledge';
import { Draft } from '../src/pages/knowledge/draft';

const host: ReactiveControllerHost = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

interface Sent {
  method: string;
  path: string;
  match: string | null;
  body: unknown;
}

const sent: Sent[] = [];
/** What the server answers, in order; what is asked beyond that gets the entry. */
let answers: { status: number; body: unknown; etag?: string }[] = [];

const entry = (draft: string | null, more: object = {}): Entry => ({
  kind: 'outside',
  id: 'price',
  file: 'outside.toml',
  published: { id: 'price', ar: { reply: 'لا' } },
  draft:
    draft === null
      ? null
      : ({ number: 7, state: 'draft', reason: 'why', content: { id: 'price', ar: { reply: draft } } } as unknown as Entry['draft']),
  conflict: false,
  beneath: null,
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers();
  sent.length = 0;
  answers = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    sent.push({ method: init.method ?? 'GET', path, match: headers.get('if-match'), body });
    const { status, body: answer, etag } = answers.shift() ?? { status: 200, body: entry(null), etag: '"1"' };
    return new Response(JSON.stringify(answer), { status, headers: etag ? { etag } : {} });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function loaded(): Promise<Draft> {
  const draft = new Draft(host);
  await draft.load('outside', 'price');
  sent.length = 0;
  return draft;
}

test('what is typed is a change until it is saved', async () => {
  const draft = await loaded();
  expect(draft.isChanged).toBe(false);
  draft.set({ id: 'price', ar: { reply: 'ليس لدينا' } });
  draft.reason = ' clearer ';
  expect(draft.isChanged).toBe(true);
  answers = [{ status: 200, body: entry('ليس لدينا'), etag: '"2"' }];
  expect(await draft.save()).toBe(true);
  expect(sent).toEqual([
    {
      method: 'PUT',
      path: '/api/v1/knowledge/entries/outside/price/draft',
      match: '"1"',
      body: { content: { id: 'price', ar: { reply: 'ليس لدينا' } }, reason: 'clearer' },
    },
  ]);
  expect([draft.isChanged, draft.state]).toEqual([false, 'draft']);
});

test('someone else’s change is shown, and nothing typed is lost', async () => {
  const draft = await loaded();
  draft.set({ id: 'price', ar: { reply: 'mine' } });
  answers = [
    { status: 412, body: { code: 'changed_meanwhile' } },
    { status: 200, body: entry('theirs'), etag: '"3"' },
  ];
  expect(await draft.save()).toBe(false);
  expect(draft.theirs?.draft?.content).toEqual({ id: 'price', ar: { reply: 'theirs' } });
  expect(draft.content).toEqual({ id: 'price', ar: { reply: 'mine' } });

  answers = [
    { status: 200, body: entry('theirs'), etag: '"3"' },
    { status: 200, body: entry('mine'), etag: '"4"' },
  ];
  sent.length = 0;
  expect(await draft.keepMine()).toBe(true);
  expect(sent.map(({ method, match }) => [method, match])).toEqual([
    ['GET', null],
    ['PUT', '"3"'],
  ]);
  expect([draft.theirs, draft.isChanged]).toEqual([null, false]);
});

test('sending to review saves first what is not saved', async () => {
  const draft = await loaded();
  draft.set({ id: 'price', ar: { reply: 'mine' } });
  answers = [
    { status: 200, body: entry('mine'), etag: '"2"' },
    { status: 200, body: entry('mine', { draft: { ...entry('mine').draft, state: 'in_review' } }), etag: '"3"' },
  ];
  expect(await draft.submit()).toBe(true);
  expect(sent.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual(['PUT draft', 'POST submit']);
  expect(draft.state).toBe('in_review');
});

test('a refusal says why and keeps what was typed', async () => {
  const draft = await loaded();
  draft.set({ id: 'price', ar: { reply: '' } });
  answers = [{ status: 422, body: { code: 'has_problems', problems: [{ what: 'No reply.', mend: 'Write one.' }] } }];
  expect(await draft.submit()).toBe(false);
  expect(draft.problem?.problems).toHaveLength(1);
  expect(draft.isChanged).toBe(true);
});

test('a new entry is begun with no entry there', async () => {
  const draft = new Draft(host);
  draft.begin('outside', { id: '', near: [] });
  expect([draft.isNew, draft.state, draft.isChanged]).toEqual([true, 'new', false]);
  draft.set({ id: 'parking', near: [] });
  draft.id = 'parking';
  answers = [{ status: 200, body: entry('x'), etag: '"1"' }];
  await draft.save();
  expect(sent[0]).toMatchObject({ match: '*', path: '/api/v1/knowledge/entries/outside/parking/draft' });
});

test('the check goes out once the typing rests', async () => {
  const draft = await loaded();
  answers = [{ status: 200, body: { problems: [], near: [] } }];
  draft.set({ id: 'a' });
  await vi.advanceTimersByTimeAsync(200);
  draft.set({ id: 'ab' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.map(({ body }) => (body as { content: unknown }).content)).toEqual([{ id: 'ab' }]);
  expect(draft.checked).toEqual({ problems: [], near: [] });
});

test('what stood there before is no news', async () => {
  const draft = await loaded();
  const check = (text: string, had: boolean): void => expect(draft.hadText(text), text).toBe(had);
  check('لا', true);
  check('price', true);
  check('ل', false);
});
