/** What a conversation holds and in which order it is shown. Pure: no socket, no DOM, no clock. */
import type { Reply, Shown } from './protocol';

/**
 * The patient's own message on its way. `sent`: no reply yet. `held`: the server asked to wait. `received`: kept for
 * the person who is here.
 */
export type OwnState = 'queued' | 'sent' | 'held' | 'failed' | 'answered' | 'received';

export interface Own {
  id: string;
  text: string;
  state: OwnState;
  /** Why it failed, in the server's words; empty for the widget's own. */
  why: string;
  /** When it is sent again, if held: ms since 1970. */
  retryAt: number;
  /** How often it was sent without a reply. */
  tries: number;
  /** When it was written: ms since 1970. */
  at: number;
  /** The `seq` of the last frame when it was received; 0 if it was not. */
  after: number;
}

export type Item = { kind: 'own'; key: string; own: Own } | { kind: 'shown'; key: string; shown: Shown };

/** Whether it waits for no reply any more. */
export const isSettled = (state: unknown): state is 'answered' | 'failed' | 'received' =>
  ['answered', 'failed', 'received'].includes(state as string);

export const isPending = ({ state }: Own): boolean => !isSettled(state);

/**
 * Everything in the order of reading: the server's frames by `seq`, each of the patient's messages right
 * before what answers it, one to a person right after what was there when it was received, the others after all that
 * is there.
 */
export function arrange(own: readonly Own[], shown: readonly Shown[]): Item[] {
  const waiting = new Map(own.map((message) => [message.id, message]));
  const items: Item[] = [];
  const put = (message: Own): void => {
    waiting.delete(message.id);
    items.push({ kind: 'own', key: message.id, own: message });
  };
  const toPersons = own.filter(({ state }) => state === 'received');
  for (const frame of shown) {
    while (toPersons[0] && toPersons[0].after < frame.seq) put(toPersons.shift() as Own);
    const asked = frame.in_reply_to === null ? undefined : waiting.get(frame.in_reply_to);
    if (asked) put(asked);
    items.push({ kind: 'shown', key: frame.id, shown: frame });
  }
  for (const message of waiting.values()) put(message);
  return items;
}

/** `shown` with one more frame in its place; the same list if it is there already. */
export function insert(shown: readonly Shown[], frame: Shown): readonly Shown[] {
  if (shown.some(({ id }) => id === frame.id)) return shown;
  const at = shown.findLastIndex(({ seq }) => seq < frame.seq) + 1;
  return shown.toSpliced(at, 0, frame);
}

/** The last emergency reply, which stays in sight. */
export function lastEmergency(shown: readonly Shown[]): Reply | null {
  const found = shown.findLast((frame) => frame.type === 'reply' && frame.outcome === 'emergency');
  return found?.type === 'reply' ? found : null;
}

/** Who of the staff is here; `null` while automatic answers go on. */
export function personHere(shown: readonly Shown[]): string | null {
  const found = shown.findLast((frame) => frame.type === 'message' && frame.event !== null);
  return found?.type === 'message' && found.event === 'taken' ? (found.name ?? '') : null;
}
