/** Conversations: their list, transcripts, and staff joining one. */
import { api } from './client';
import type { Lang, Page, Query } from './knowledge';
import type { WireReply } from './tryout';

export type Handoff = 'waiting' | 'taken' | 'done' | null;

export interface ConversationSummary {
  id: string;
  started_at: string;
  last_at: string;
  lang: Lang;
  channel: string;
  turns: number;
  outcomes: Record<string, number>;
  emergency: boolean;
  feedback: { up: number; down: number };
  handoff: Handoff;
  live: boolean;
  /** Who of the staff talks in it. */
  with: string | null;
  excerpt: string;
}

export interface TranscriptEntry {
  seq: number;
  at: string;
  from: 'patient' | 'bot' | 'staff' | 'system';
  name?: string | null;
  text: string;
  reply?: WireReply | null;
  feedback?: { helpful: boolean; comment?: string | null } | null;
}

export interface Transcript extends ConversationSummary {
  entries: TranscriptEntry[];
  contact: string | null;
}

const path = (id: string): string => `/conversations/${encodeURIComponent(id)}`;

export const conversations = {
  list: (query: Query, signal?: AbortSignal) =>
    api.get<Page<ConversationSummary>>('/conversations', query, signal),
  one: (id: string, signal?: AbortSignal) => api.get<Transcript>(path(id), undefined, signal),
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
