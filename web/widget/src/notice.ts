/** What the server refuses, and what the widget says about the conversation as a whole. */
import type { Refused } from './protocol';

/** A word of the widget about the conversation as a whole. */
export type Notice =
  | { kind: 'none' | 'forgotten' | 'expired' | 'forgetting' }
  | { kind: 'limited'; text: string; until: number }
  | { kind: 'refused'; text: string };

export const NO_NOTICE: Notice = { kind: 'none' };

const LATER: readonly string[] = ['rate_limited', 'busy', 'internal'];
/** What it says when the conversation is no more, or not ours. */
export const LOST: readonly string[] = ['unknown_conversation', 'forbidden'];

/** After how many ms the server may take it; `null` if it is refused for good. */
export function waitFor({ code, retry_after_ms }: Refused): number | null {
  return LATER.includes(code) ? (retry_after_ms ?? 1000) : null;
}
