/**
 * What outlives a reload: kept for this tab only (`sessionStorage`), so that the next person at a shared
 * computer finds nothing. Where storage is forbidden the conversation simply ends with the page.
 */
import { baseLang } from './options';
import type { Lang, Reply } from './protocol';
import { isFields, parseReply, string } from './protocol';
import { isPending, isSettled, type Own } from './transcript';

/** Own messages kept, at most; storage is small. */
const MOST = 200;

export interface Handoff {
  contact: string;
  /** The last `seq` when it was sent; -1 if it was not. A later word of the system acknowledges it. */
  sentAfter: number;
}

export interface Saved {
  conversation: string;
  token: string;
  own: Own[];
  /** The emergency reply that stays in sight for the session. */
  pinned: Reply | null;
  /** Thumbs by reply. */
  votes: Record<string, boolean>;
  handoff: Handoff | null;
  /** The patient asked for erasure, and the server has not confirmed it yet. */
  forgetting: boolean;
  /** Whether the panel was open. */
  open: boolean;
  /** What stands in the field, not sent yet. */
  draft: string;
  /** The language that the patient chose, if one was chosen. */
  locale: Lang | null;
}

export const NOTHING: Readonly<Saved> = {
  conversation: '',
  token: '',
  own: [],
  pinned: null,
  votes: {},
  handoff: null,
  forgetting: false,
  open: false,
  draft: '',
  locale: null,
};

function readOwn(value: unknown): Own[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Partial<Own> | null) => {
    if (typeof item?.id !== 'string' || typeof item.text !== 'string') return [];
    const { id, text, why } = item;
    // What was under way when the page went is sent again; the server answers an id once.
    const state = isSettled(item.state) ? item.state : 'queued';
    const at = Number(item.at) || 0;
    const after = Number(item.after) || 0;
    return [{ id, text, state, why: string(why), retryAt: 0, tries: 0, at, after }];
  });
}

/** Reads what was kept; whatever is not as expected counts as nothing. */
export function read(text: string | null): Saved {
  let value: unknown = null;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    // Another program's, or cut short.
  }
  if (!isFields(value)) return { ...NOTHING };
  const handoff = value.handoff as Partial<Handoff> | null | undefined;
  const votes = isFields(value.votes) ? value.votes : {};
  return {
    conversation: string(value.conversation),
    token: string(value.token),
    own: readOwn(value.own),
    pinned: parseReply(value.pinned),
    votes: Object.fromEntries(
      Object.entries(votes).filter((vote): vote is [string, boolean] => typeof vote[1] === 'boolean'),
    ),
    handoff:
      typeof handoff?.contact === 'string'
        ? { contact: handoff.contact, sentAfter: Number(handoff.sentAfter) }
        : null,
    forgetting: value.forgetting === true,
    open: value.open === true,
    draft: string(value.draft),
    locale: baseLang(string(value.locale)),
  };
}

/** What remains of `saved` when another conversation begins: an emergency stays in sight. */
export function afterRestart({ pinned, open, draft, locale }: Saved): Saved {
  return { ...NOTHING, pinned, open, draft, locale };
}

/** What remains when the server no longer has the conversation: what is unanswered is asked in the next. */
export function afterLoss(saved: Saved): Saved {
  const own = saved.own.filter(isPending).map((message): Own => ({ ...message, state: 'queued' }));
  const handoff = saved.handoff && { ...saved.handoff, sentAfter: -1 };
  return { ...afterRestart(saved), own, handoff };
}

/** What remains while the erasure is under way: what it takes to ask for it. */
export function whileErasing({ conversation, token, open, locale }: Saved): Saved {
  return { ...NOTHING, conversation, token, open, locale, forgetting: true };
}

/** What remains once it is done: what was written after the wish to erase belongs to the next conversation. */
export function afterErasure({ open, locale, own, forgetting }: Saved): Saved {
  return { ...NOTHING, open, locale, own: forgetting ? own : [] };
}

export class Memory {
  #key: string;

  constructor(server: string) {
    this.#key = `mujib:${server}`;
  }

  load(): Saved {
    try {
      return read(sessionStorage.getItem(this.#key));
    } catch {
      return { ...NOTHING };
    }
  }

  save(saved: Saved): void {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ ...saved, own: saved.own.slice(-MOST) }));
    } catch {
      // Forbidden or full: the conversation goes on, and ends with the page.
    }
  }
}
