/** A conversation over a line that fails: nothing lost, nothing twice. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Memory, read } from '../src/memory';
import { Talk } from '../src/talk';
import { arrange, insert, type Own } from '../src/transcript';

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  constructor(readonly url: string) {
    super();
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
  accept(): this {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
    return this;
  }
  say(frame: object): this {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(frame) }));
    return this;
  }
  drop(code = 1006): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
  asks(): unknown[] {
    return this.sent.filter(({ type }) => type === 'ask').map(({ text }) => text);
  }
}

const last = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket;
const started = (seq: number, conversation = 'c1') => ({
  type: 'started',
  conversation,
  resume_token: 't1',
  seq,
});
const reply = (seq: number, to: string | null, more: object = {}) => ({
  type: 'reply',
  seq,
  id: `r${seq}`,
  in_reply_to: to,
  outcome: 'answer',
  lang: 'ar',
  text: `reply ${seq}`,
  sent_at: '',
  ...more,
});
const texts = (talk: Talk): string[] =>
  talk.items.map((item) => (item.kind === 'own' ? item.own.text : item.shown.text));
const states = (talk: Talk): string[] => talk.saved.own.map(({ state }) => state);

function open(): Talk {
  const talk = new Talk('ws://x/v1/chat', new Memory('x'), 'ar');
  talk.open();
  return talk;
}

function online(seq = 0): Talk {
  const talk = open();
  last().accept().say(started(seq));
  expect(talk.phase).toBe('online');
  return talk;
}

beforeEach(() => {
  vi.useFakeTimers();
  const kept = new Map<string, string>();
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  FakeSocket.all = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a message is shown at once, goes out, and is answered', () => {
  const talk = online();
  talk.say('  سؤال ');
  expect([texts(talk), states(talk), talk.isWaiting]).toEqual([['سؤال'], ['sent'], true]);
  const id = last().sent.at(-1)?.id as string;
  last().say(reply(1, id));
  expect([texts(talk), states(talk), talk.isWaiting]).toEqual([['سؤال', 'reply 1'], ['answered'], false]);
  last().say(reply(1, id));
  expect(texts(talk)).toHaveLength(2);
});

test('what is said before the line stands goes out once it does, in order', () => {
  const talk = open();
  talk.say('أول');
  talk.say('ثان');
  last().accept();
  expect(last().asks()).toEqual([]);
  last().say(started(0));
  expect(last().asks()).toEqual(['أول', 'ثان']);
});

test('after a drop it resumes by the last seq, and asks again only what is unanswered', () => {
  const talk = online();
  talk.say('أول');
  talk.say('ثان');
  const [first, second] = last().sent.filter(({ type }) => type === 'ask') as { id: string }[];
  last().say(reply(1, first?.id ?? ''));
  last().drop();
  expect([talk.phase, states(talk)]).toEqual(['away', ['answered', 'queued']]);
  talk.say('ثالث');
  vi.advanceTimersByTime(700);
  last().accept();
  expect(last().sent).toMatchObject([{ type: 'start', conversation: 'c1', resume_token: 't1', after: 1 }]);
  last()
    .say(started(2))
    .say(reply(2, second?.id ?? ''));
  expect(last().asks()).toEqual(['ثالث']);
  expect(texts(talk)).toEqual(['أول', 'reply 1', 'ثان', 'reply 2', 'ثالث']);
});

test('a page that is loaded anew has everything, once, and tells none of it as news', () => {
  const before = online();
  before.say('سؤال');
  before.say('بلا جواب');
  const id = last().sent[1]?.id as string;
  last().say(reply(1, id));
  before.close();
  const talk = new Talk('ws://x/v1/chat', new Memory('x'), 'ar');
  const news: unknown[] = [];
  talk.addEventListener('news', (event) => news.push((event as CustomEvent).detail.seq));
  talk.open();
  last().accept().say(started(1)).say(reply(1, id));
  expect(texts(talk)).toEqual(['سؤال', 'reply 1', 'بلا جواب']);
  expect([news, last().asks()]).toEqual([[], ['بلا جواب']]);
  last().say(reply(2, last().sent.at(-1)?.id as string));
  expect(news).toEqual([2]);
});

test('waits grow and are not the same for all', () => {
  open();
  const counts: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    last().drop();
    const before = FakeSocket.all.length;
    let waited = 0;
    while (FakeSocket.all.length === before && waited < 60_000) {
      vi.advanceTimersByTime(50);
      waited += 50;
    }
    counts.push(waited);
  }
  expect(counts[0]).toBeLessThan(700);
  expect(counts.at(-1)).toBeGreaterThan(5_000);
});

test('a line that is dead without saying so is opened anew', () => {
  const talk = online();
  talk.say('سؤال');
  const dead = last();
  vi.advanceTimersByTime(8_100);
  expect(last()).not.toBe(dead);
  last().accept().say(started(0));
  expect(last().asks()).toEqual(['سؤال']);
  for (let round = 0; round < 4; round += 1) {
    vi.advanceTimersByTime(8_100);
    if (last().readyState === 0) last().accept().say(started(0));
  }
  expect(states(talk)).toEqual(['failed']);
  talk.retry(talk.saved.own[0]?.id ?? '');
  expect(talk.saved.own[0]).toMatchObject({ state: 'sent', tries: 1 });
  vi.advanceTimersByTime(8_100);
  expect(states(talk)).toEqual(['queued']);
});

test('a limit holds a message until its time, then it goes out by itself', () => {
  const talk = online();
  talk.say('سؤال');
  const in_reply_to = last().sent.at(-1)?.id;
  last().say({ type: 'error', code: 'rate_limited', message: 'انتظر', retry_after_ms: 3000, in_reply_to });
  expect(talk.saved.own[0]).toMatchObject({ state: 'held', why: 'انتظر', retryAt: Date.now() + 3000 });
  vi.advanceTimersByTime(2_900);
  expect(last().asks()).toHaveLength(1);
  vi.advanceTimersByTime(200);
  expect([states(talk), last().asks().length]).toEqual([['sent'], 2]);
});

test.each(['empty', 'too_long', 'bad_frame', 'something_later'])(
  '%s is final, and its text can be had back',
  (code) => {
    const talk = online();
    talk.say('سؤال');
    last().say({ type: 'error', code, message: 'لا', in_reply_to: last().sent.at(-1)?.id });
    expect(talk.saved.own[0]).toMatchObject({ state: 'failed', why: 'لا' });
    expect(talk.takeBack(talk.saved.own[0]?.id ?? '')).toBe('سؤال');
    expect(texts(talk)).toEqual([]);
  },
);

test('a conversation that is no more gives way to a new one; what was unanswered is asked there', () => {
  const talk = online();
  talk.say('قديم');
  last().say(reply(1, last().sent.at(-1)?.id as string));
  last().drop();
  talk.say('جديد');
  vi.advanceTimersByTime(700);
  last().accept().say({ type: 'error', code: 'unknown_conversation', message: 'x' });
  expect(last().sent.at(-1)).toEqual({ type: 'start', locale: 'ar', channel: 'web' });
  last().say(started(0, 'c2'));
  expect([talk.notice.kind, texts(talk), last().asks()]).toEqual(['expired', ['جديد'], ['جديد']]);
});

test('erasure: gone here at once, at the server when it is reached, and what comes after stays', () => {
  const talk = online();
  talk.say('سر');
  last().say(reply(1, last().sent.at(-1)?.id as string));
  last().drop();
  talk.forget();
  expect([texts(talk), talk.notice.kind]).toEqual([[], 'forgetting']);
  talk.say('بعدها');
  vi.advanceTimersByTime(700);
  last().accept().say(started(1)).say(reply(1, null));
  expect(texts(talk)).toEqual(['بعدها']);
  expect(last().sent.at(-1)).toEqual({ type: 'forget' });
  last().say({ type: 'forgotten', conversation: 'c1' }).say(started(0, 'c2'));
  expect([talk.notice.kind, last().asks(), talk.saved.conversation]).toEqual(['forgotten', ['بعدها'], 'c2']);
});

test('a wish for a person is repeated until the system confirms it', () => {
  const talk = online();
  talk.handOff(' 0100 ');
  expect(last().sent.at(-1)).toEqual({ type: 'handoff', contact: '0100' });
  last().drop();
  vi.advanceTimersByTime(700);
  last().accept().say(started(0));
  expect(last().sent.at(-1)).toEqual({ type: 'handoff', contact: '0100' });
  last().say({ type: 'message', seq: 1, id: 'm1', from: 'system', text: 'سُجّل' });
  last().drop();
  vi.advanceTimersByTime(700);
  last().accept().say(started(1));
  expect([last().sent.length, talk.saved.handoff]).toEqual([1, null]);
});

test('an emergency stays pinned over a new conversation, not over erasure', () => {
  const talk = online();
  last().say(reply(1, null, { outcome: 'emergency' }));
  expect(talk.saved.pinned?.id).toBe('r1');
  talk.restart();
  last().accept().say(started(0, 'c2'));
  expect([talk.saved.pinned?.id, texts(talk)]).toEqual(['r1', []]);
  talk.forget();
  expect(talk.saved.pinned).toBeNull();
});

test('a close for idleness is not hurried back from; the next word is', () => {
  const talk = online();
  last().drop(1000);
  vi.advanceTimersByTime(120_000);
  expect([FakeSocket.all.length, talk.phase, talk.trouble]).toEqual([1, 'idle', false]);
  talk.say('عدت');
  last().accept().say(started(0));
  expect(last().asks()).toEqual(['عدت']);
});

test('a page that was put aside and taken out again asks what was under way once more', () => {
  const talk = online();
  talk.say('سؤال');
  talk.close();
  talk.open();
  last().accept().say(started(0));
  expect(last().asks()).toEqual(['سؤال']);
});

test('votes wait for the line too', () => {
  const talk = online();
  last().drop();
  talk.vote('r1', false, 'ينقصه');
  vi.advanceTimersByTime(700);
  last().accept().say(started(0));
  expect(last().sent.at(-1)).toEqual({ type: 'feedback', reply: 'r1', helpful: false, comment: 'ينقصه' });
});

test.each(['', 'x', '5', '[]', '{"own":[null,{"id":5}],"votes":7,"handoff":3}'])(
  'kept %j does no harm',
  (text) => {
    expect(read(text)).toMatchObject({ conversation: '', own: [], votes: {}, handoff: null, open: false });
  },
);

const message = (seq: number, from: string, more: object = {}) => ({
  type: 'message',
  seq,
  id: `p${seq}`,
  in_reply_to: null,
  from,
  text: `${from} ${seq}`,
  sent_at: '',
  ...more,
});

test('a person comes: what is said is kept in order, shown as typing, and not sent again', () => {
  const talk = online();
  last().say(message(1, 'system', { event: 'taken', name: 'ليلى' }));
  expect([talk.person, talk.isWaiting]).toEqual(['ليلى', false]);
  talk.say('أول');
  const first = last().sent.at(-1)?.id as string;
  expect(talk.isWaiting).toBe(false);
  last().say({ type: 'received', conversation: 'c1', in_reply_to: first });
  expect(states(talk)).toEqual(['received']);
  last().say({ type: 'typing', conversation: 'c1', from: 'staff', name: 'ليلى' });
  expect(talk.typist).toBe('ليلى');
  last().say(message(2, 'staff', { name: 'ليلى' }));
  expect(talk.typist).toBe('');
  talk.say('ثان');
  expect(texts(talk)).toEqual(['system 1', 'أول', 'staff 2', 'ثان']);
  last().drop();
  vi.advanceTimersByTime(700);
  last().accept().say(started(2));
  expect(last().asks()).toEqual(['ثان']);
  last().say({ type: 'received', conversation: 'c1', in_reply_to: last().sent.at(-1)?.id });
  last().say(message(3, 'system', { event: 'released', name: 'ليلى' }));
  expect([talk.person, texts(talk)]).toEqual([null, ['system 1', 'أول', 'staff 2', 'ثان', 'system 3']]);
});

test('after a reload what was said to a person stands where it stood', () => {
  const before = online();
  before.say('أول');
  last().say({ type: 'received', conversation: 'c1', in_reply_to: last().sent.at(-1)?.id });
  last().say(message(1, 'staff'));
  before.close();
  const talk = open();
  last().accept().say(started(1)).say(message(1, 'staff'));
  expect([texts(talk), last().asks()]).toEqual([['أول', 'staff 1'], []]);
});

test('nobody types for ever', () => {
  const talk = online();
  last().say({ type: 'typing', name: 'ليلى' });
  vi.advanceTimersByTime(8000);
  expect(talk.typist).toBe('');
});

test('order: frames by seq, questions before their answers, the rest last', () => {
  const own = (id: string): Own => ({ id, text: id, state: 'sent', why: '', retryAt: 0, tries: 0, at: 0, after: 0 });
  const frame = (seq: number, to: string | null) =>
    ({
      type: 'message',
      seq,
      id: `f${seq}`,
      in_reply_to: to,
      from: 'system',
      name: null,
      event: null,
      text: '',
      sent_at: '',
    }) as const;
  let shown = insert([], frame(3, 'b'));
  shown = insert(shown, frame(1, null));
  shown = insert(shown, frame(2, 'a'));
  expect(insert(shown, frame(2, 'a'))).toBe(shown);
  const keys = arrange([own('a'), own('b'), own('c')], shown).map(({ key }) => key);
  expect(keys).toEqual(['f1', 'a', 'f2', 'b', 'f3', 'c']);
});
