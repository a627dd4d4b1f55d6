/** The inbox: what patients asked in vain, similar messages in one group. */
import { api } from './client';
import type { Bilingual, Lang, Page, Query } from './knowledge';

export const KINDS = ['unanswered', 'low_confidence', 'clarified', 'disliked', 'emergency'] as const;
export type Kind = (typeof KINDS)[number];
export const STATES = ['new', 'in_work', 'done', 'ignored'] as const;
export type State = (typeof STATES)[number];
export type Counts = Partial<Record<Kind, Partial<Record<State, number>>>>;

export interface Group {
  id: number;
  kind: Kind;
  lang: Lang;
  sample: string;
  count: number;
  first_at: string;
  last_at: string;
  state: State;
  assignee: { id: string; name: string } | null;
  note: string | null;
  nearest: { pair: string; question: Bilingual }[];
}

export interface Message {
  text: string;
  at: string;
  conversation: string;
  seq: number;
  outcome: string;
  confidence: number;
  pair: string | null;
}

export type GroupPage = Page<Group> & { counts: Counts };
/** A group with a page of its messages, the latest first. */
export type GroupDetail = Group & { messages: Message[]; next: string | null };

const path = (id: number | string): string => `/inbox/${encodeURIComponent(id)}`;

export const inbox = {
  list: (query: Query, signal?: AbortSignal) => api.get<GroupPage>('/inbox', query, signal),
  group: (id: string, cursor?: string, signal?: AbortSignal) =>
    api.get<GroupDetail>(path(id), { cursor }, signal),
  /** `assignee` is an account; `null` for nobody. */
  change: (ids: number[], change: { state?: State; assignee?: string | null; note?: string }) =>
    api.send<{ items: Group[]; counts: Counts }>('PATCH', '/inbox', { ids, ...change }),
  attach: (id: number, pair: string, text?: string) =>
    api.send<unknown>('POST', `${path(id)}/attach`, text === undefined ? { pair } : { pair, text }),
  outside: (id: number, entry: string) => api.send<unknown>('POST', `${path(id)}/outside`, { entry }),
  missedFlag: (id: number) => api.send<unknown>('POST', `${path(id)}/missed_flag`, {}),
};
