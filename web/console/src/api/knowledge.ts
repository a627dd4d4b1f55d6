/** Knowledge: its entries, their revisions, checks, candidates and questions. */
import { api } from './client';

export type Lang = 'ar' | 'fa';
export type Bilingual = { ar: string; fa: string };
/** An entry's TOML table as JSON. */
export type Content = { [name: string]: unknown };

export type RevisionState =
  | 'draft'
  | 'in_review'
  | 'returned'
  | 'approved'
  | 'published'
  | 'discarded'
  | 'replaced';
export type EntryState = 'published' | 'draft' | 'in_review' | 'returned' | 'approved' | 'withdrawn';
export type Parity = 'ok' | 'ar_missing' | 'fa_missing' | 'ar_changed' | 'fa_changed';

export interface KnowledgeOverview {
  version: string;
  published_at: string | null;
  topics: { id: string; title: Bilingual; pairs: number }[];
  asks: string[];
  subjects: string[];
  /** Tags with the caution that each adds. */
  risks: { code: string; text: Bilingual }[];
  kinds: string[];
  /** Ways to ask that a language of a pair has to have. */
  least_variants: number;
  open: { draft: number; in_review: number; approved: number };
  conflicts: { kind: string; id: string }[];
}

export interface PairSummary {
  id: string;
  topic: string;
  asks: string;
  question: Bilingual;
  variants: { ar: number; fa: number };
  answer_chars: { ar: number; fa: number };
  cites: number;
  risk: string[];
  review_by: string;
  state: EntryState;
  parity: Parity;
  updated_at: string | null;
}

export interface Passage {
  id: string;
  section: Bilingual;
  locator: string;
  gist: Bilingual;
  cited_by: string[];
}

export interface Source {
  id: string;
  title: Bilingual;
  lang: string;
  kind: string;
  passages: Passage[];
}

export interface EntrySummary {
  kind: string;
  id: string;
  title: Bilingual;
  state: RevisionState;
}

/** Somebody of the staff. */
export interface Who {
  id: string;
  display_name: string;
}

export interface Revision {
  number: number;
  kind: string;
  id: string;
  state: RevisionState;
  author: Who;
  reviewer: Who | null;
  reason: string;
  /** The reviewer's words, if it was given back. */
  note: string | null;
  created_at: string;
  changed_at: string;
  published_at: string | null;
}

/** A revision on its way; a content of `null` takes the entry out. */
export type DraftRevision = Revision & { content: Content | null };

export interface Entry {
  kind: string;
  id: string;
  file: string | null;
  published: Content | null;
  draft: DraftRevision | null;
  /** Whether the file was changed beneath what staff published. */
  conflict: boolean;
  /** What the file holds, where that is not what patients have. */
  beneath: Content | null;
}

export interface Problem {
  what: string;
  mend: string;
  field: string | null;
  file: string | null;
  line: number | null;
}

export interface Near {
  pair: string;
  lang: Lang;
  text: string;
  like: string;
  /** From 0 to 1. */
  similarity: number;
}

export interface Checked {
  problems: Problem[];
  near: Near[];
}

export interface Got {
  outcome: string;
  pair: string | null;
}

export interface Change {
  id: string;
  lang: Lang;
  text: string;
  expected: Got;
  before: Got;
  after: Got;
  verdict: 'better' | 'worse' | 'other';
}

export interface Candidate {
  id: string;
  version: string | null;
  revisions: Revision[];
  problems: Problem[];
  /** `changed` holds the first of `changed_total`, the worse first. */
  questions: { total: number; right_before: number; right_after: number; changed_total: number; changed: Change[] };
  safety: { total: number; failed: { id: string; text: string; outcome: string }[] };
  publishable: boolean;
  why_not: { code: string; detail: string }[];
}

export interface Question {
  id: string;
  lang: Lang;
  text: string;
  expected: Got;
  set: 'evaluation' | 'safety';
  /** Whether staff added it; those of files stay. */
  added: boolean;
}

export type Page<T> = { items: T[]; next: string | null; total?: number | null };
export type Query = Record<string, string | number | undefined>;

const entry = (kind: string, id: string): string =>
  `/knowledge/entries/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`;

export const knowledge = {
  overview: () => api.get<KnowledgeOverview>('/knowledge'),
  pairs: (query: Query, signal?: AbortSignal) => api.get<Page<PairSummary>>('/knowledge/pairs', query, signal),
  sources: () => api.get<{ items: Source[] }>('/knowledge/sources'),
  entries: (query: Query, signal?: AbortSignal) =>
    api.get<Page<EntrySummary>>('/knowledge/entries', query, signal),
  entry: (kind: string, id: string) => api.get<Entry>(entry(kind, id)),
  /** `etag` is `*` for a new entry. */
  saveDraft: (kind: string, id: string, content: Content | null, reason: string, etag: string) =>
    api.send<Entry>('PUT', `${entry(kind, id)}/draft`, { content, ...(reason && { reason }) }, etag),
  discardDraft: (kind: string, id: string, etag: string) =>
    api.send<Entry | null>('DELETE', `${entry(kind, id)}/draft`, undefined, etag),
  submit: (kind: string, id: string) => api.send<Entry>('POST', `${entry(kind, id)}/draft/submit`, {}),
  giveBack: (kind: string, id: string, reason: string) =>
    api.send<Entry>('POST', `${entry(kind, id)}/draft/return`, { reason }),
  approve: (kind: string, id: string) => api.send<Entry>('POST', `${entry(kind, id)}/draft/approve`, {}),
  check: (kind: string, id: string, content: Content, signal?: AbortSignal) =>
    api.send<Checked>('POST', '/knowledge/check', { kind, id, content }, undefined, signal),
  buildCandidate: (revisions?: number[]) =>
    api.send<Candidate>('POST', '/knowledge/candidates', revisions ? { revisions } : {}),
  publish: (candidate: string, reason: string) =>
    api.send<unknown>('POST', `/knowledge/candidates/${encodeURIComponent(candidate)}/publish`, { reason }),
  withdraw: (pair: string, reason: string) =>
    api.send<Entry>('POST', `/knowledge/pairs/${encodeURIComponent(pair)}/withdraw`, { reason }),
  restore: (pair: string, reason: string) =>
    api.send<Entry>('POST', `/knowledge/pairs/${encodeURIComponent(pair)}/restore`, { reason }),
  rollBack: (kind: string, id: string, revision: number, reason: string) =>
    api.send<Entry>('POST', `${entry(kind, id)}/rollback`, { revision, reason }),
  history: (query: Query) => api.get<Page<Revision>>('/knowledge/history', query),
  revision: (number: number) =>
    api.get<{ revision: Revision; before: Content | null; after: Content | null }>(
      `/knowledge/revisions/${number}`,
    ),
  questions: (query: Query) => api.get<Page<Question>>('/knowledge/questions', query),
  addQuestion: (question: { lang: Lang; text: string; expected: Got; set: string }) =>
    api.send<Question>('POST', '/knowledge/questions', question),
  removeQuestion: (id: string) =>
    api.send<null>('DELETE', `/knowledge/questions/${encodeURIComponent(id)}`),
};
