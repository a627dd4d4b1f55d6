/** Conversations: their list, transcripts, and staff joining one. */
import { api } from './client';
import type { Lang, Page, Query } from './knowledge';
import type { WireReply } from './tryout';

export type Handoff = 'waiting' | 'taken' | 'done' | null;

export interface ConversationSummary {
  id: string;
  started_at: string;
  last_at: string;
  lang: Lang | null;
  channel: string | null;
  turns: number;
  outcomes: Record<string, number>;
  emergency: boolean;
  feedback: { up: number; down: number };
  handoff: Handoff;
  live: boolean;
  /** Who of the staff talks in it. */
  with: string | null;
  /** Whether that is who asks. */
  mine: boolean;
  excerpt: string;
}

export interface TranscriptEntry {
  /** The patient's words have that of the reply to them; `null` where a person was to answer. */
  seq: number | null;
  at: string;
  from: 'patient' | 'bot' | 'staff' | 'system';
  name?: string | null;
  /** What the system tells of. */
  event?: string | null;
  text: string;
  reply?: WireReply | null;
  feedback?: { helpful: boolean; comment?: string | null } | null;
}

export interface Transcript extends ConversationSummary {
  entries: TranscriptEntry[];
  /** What `before` has to be for what was said before; `null` where that is all. */
  earlier: number | null;
  contact: string | null;
}

const path = (id: string): string => `/conversations/${encodeURIComponent(id)}`;

export const conversations = {
  list: (query: Query, signal?: AbortSignal) =>
    api.get<Page<ConversationSummary>>('/conversations', query, signal),
  one: (id: string, before?: number, signal?: AbortSignal) => api.get<Transcript>(path(id), { before }, signal),
  /** Where the browser saves one from. */
  exportAddress: (id: string): string => `/api/v1${path(id)}/export`,
  erase: (id: string) => api.send<null>('DELETE', path(id)),
  take: (id: string) => api.send<unknown>('POST', `${path(id)}/take`, {}),
  release: (id: string) => api.send<unknown>('POST', `${path(id)}/release`, {}),
  /** `message` is the sender's own id: the same one again is sent once. */
  write: (id: string, message: string, text: string) =>
    api.send<unknown>('POST', `${path(id)}/messages`, { id: message, text }),
  typing: (id: string) => api.send<unknown>('POST', `${path(id)}/typing`, {}),
  setPresence: (available: boolean) => api.send<unknown>('PUT', '/presence', { available }),
};
