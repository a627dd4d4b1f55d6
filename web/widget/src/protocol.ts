/** The frames of chat protocol 1, as far as the widget reads them. No DOM, no socket. */

export type Lang = 'ar' | 'fa';

export type Outcome = 'answer' | 'clarify' | 'no_answer' | 'emergency' | 'personal' | 'smalltalk';

export interface Citation {
  marker: number;
  source: string;
  title: string;
  section: string;
  /** The source's own language; title and gist are in the reply's. */
  lang: string;
  passage: string;
  gist: string;
  /** An `http` or `https` address, or nothing. */
  url: string | null;
}

export interface Reply {
  type: 'reply';
  seq: number;
  id: string;
  in_reply_to: string | null;
  outcome: Outcome;
  lang: Lang;
  text: string;
  citations: Citation[];
  disclaimers: { code: string; text: string }[];
  suggestions: { text: string; pair: string }[];
  sent_at: string;
}

/** Words of the staff, or of the system. */
export interface Message {
  type: 'message';
  seq: number;
  id: string;
  in_reply_to: string | null;
  from: 'staff' | 'system';
  /** Who of the staff speaks, came or left. */
  name: string | null;
  /** `taken`: a person is here, and automatic answers wait. `released`: the person has left. */
  event: 'taken' | 'released' | null;
  text: string;
  sent_at: string;
}

/** A message is kept for the person who is here; nothing answers it automatically. */
export interface Received {
  type: 'received';
  in_reply_to: string;
}

/** The person who is here is typing. */
export interface StaffTyping {
  type: 'typing';
  name: string;
}

export interface Started {
  type: 'started';
  conversation: string;
  resume_token: string | null;
  /** The last frame of the conversation so far; a client that resumes has all once it has this one. */
  seq: number;
  greeting: Reply | null;
}

export interface Forgotten {
  type: 'forgotten';
  conversation: string;
}

export interface Refused {
  type: 'error';
  in_reply_to: string | null;
  code: string;
  message: string;
  retry_after_ms: number | null;
}

/** What is shown in a conversation, in the order of `seq`. */
export type Shown = Reply | Message;
export type ServerFrame = Shown | Received | StaffTyping | Started | Forgotten | Refused;

export type ClientFrame =
  | {
      type: 'start';
      conversation?: string;
      resume_token?: string;
      after?: number;
      locale: Lang;
      channel: 'web';
    }
  | { type: 'ask'; id: string; text: string; locale: Lang }
  | { type: 'feedback'; reply: string; helpful: boolean; comment?: string }
  | { type: 'handoff'; contact?: string }
  | { type: 'typing' }
  | { type: 'forget' };

const OUTCOMES: readonly string[] = ['answer', 'clarify', 'no_answer', 'emergency', 'personal', 'smalltalk'];

type Fields = Record<string, unknown>;

/** Whether it is an object, as every frame is. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** A text; empty for anything else. */
export const string = (value: unknown): string => (typeof value === 'string' ? value : '');
const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

/** An address that a link may have: nothing but the web. */
export function webAddress(value: unknown): string | null {
  const text = string(value);
  return /^https?:\/\//iu.test(text) && URL.canParse(text) ? text : null;
}

function citation(fields: Fields): Citation {
  return {
    marker: numberOrNull(fields.marker) ?? 0,
    source: string(fields.source),
    title: string(fields.title),
    section: string(fields.section),
    lang: string(fields.lang),
    passage: string(fields.passage),
    gist: string(fields.gist),
    url: webAddress(fields.url),
  };
}

/** What every frame has that is shown; `null` if what makes it one is missing. */
function shown(fields: Fields) {
  const seq = numberOrNull(fields.seq);
  const id = string(fields.id);
  if (seq === null || id === '' || typeof fields.text !== 'string') return null;
  return {
    seq,
    id,
    in_reply_to: stringOrNull(fields.in_reply_to),
    text: fields.text,
    sent_at: string(fields.sent_at),
  };
}

/** A reply; `null` if it is none. An outcome of a later version counts as an answer. */
function reply(fields: Fields): Reply | null {
  const head = shown(fields);
  const outcome = string(fields.outcome);
  return (
    head && {
      ...head,
      type: 'reply',
      outcome: OUTCOMES.includes(outcome) ? (outcome as Outcome) : 'answer',
      lang: fields.lang === 'fa' ? 'fa' : 'ar',
      citations: list(fields.citations).map(citation),
      disclaimers: list(fields.disclaimers).map(({ code, text }) => ({
        code: string(code),
        text: string(text),
      })),
      suggestions: list(fields.suggestions).map(({ text, pair }) => ({
        text: string(text),
        pair: string(pair),
      })),
    }
  );
}

function message(fields: Fields): Message | null {
  const head = shown(fields);
  return (
    head && {
      ...head,
      type: 'message',
      from: fields.from === 'staff' ? 'staff' : 'system',
      name: stringOrNull(fields.name),
      event: fields.event === 'taken' || fields.event === 'released' ? fields.event : null,
    }
  );
}

function started(fields: Fields): Started | null {
  const conversation = string(fields.conversation);
  if (conversation === '') return null;
  return {
    type: 'started',
    conversation,
    resume_token: stringOrNull(fields.resume_token),
    seq: numberOrNull(fields.seq) ?? 0,
    greeting: isFields(fields.greeting) ? reply(fields.greeting) : null,
  };
}

/** What the server sent, or `null` for anything else: a frame of a later version is no reason to fail. */
export function parseFrame(text: string): ServerFrame | null {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFields(fields)) return null;
  switch (fields.type) {
    case 'reply':
      return reply(fields);
    case 'message':
      return message(fields);
    case 'received':
      return typeof fields.in_reply_to === 'string'
        ? { type: 'received', in_reply_to: fields.in_reply_to }
        : null;
    case 'typing':
      return { type: 'typing', name: string(fields.name) };
    case 'started':
      return started(fields);
    case 'forgotten':
      return { type: 'forgotten', conversation: string(fields.conversation) };
    case 'error':
      return {
        type: 'error',
        in_reply_to: stringOrNull(fields.in_reply_to),
        code: string(fields.code),
        message: string(fields.message),
        retry_after_ms: numberOrNull(fields.retry_after_ms),
      };
    default:
      return null;
  }
}

/** A reply that was kept as JSON, or `null`. */
export function parseReply(value: unknown): Reply | null {
  return isFields(value) ? reply(value) : null;
}
