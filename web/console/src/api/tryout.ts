/** Trying a question out, and what led to its reply. */
import type { Reply } from '../../../widget/src/protocol';
import { api } from './client';
import type { Got, Lang } from './knowledge';

/** A reply as the patient gets it, with what only staff see. */
export type WireReply = Reply & { pair: string | null; confidence: number; knowledge: string };

export interface Evidence {
  /** What it speaks for. */
  clue: 'arabic' | 'persian' | 'other';
  text: string;
  weight: number;
}

export interface Feature {
  name: string;
  value: number;
  weight: number;
  /** What it adds to the score: value times weight. */
  share: number;
}

export interface Ranked {
  /** The id of a pair, of small talk, or of a kind of question outside the documents. */
  pair: string;
  kind: 'pair' | 'smalltalk' | 'outside';
  question: string;
  confidence: number;
  /** The sum of the shares. */
  score: number;
  features: Feature[];
}

export interface Explanation {
  lang: string;
  /** What the language was taken from. */
  lang_from: string;
  evidence: Evidence[];
  steps: { name: string; terms: string[] }[];
  screen: { flags: string[]; personal: string[]; groups: string[]; findings: string[] };
  /** `null` without candidates. */
  coverage: number | null;
  /** `null` without a second candidate. */
  gap: number | null;
  thresholds: { answer: number; clarify: number; smalltalk: number; gap: number; known: number };
  candidates: Ranked[];
  decided: { rule: string; detail: string };
  /** Terms that the conversation added. */
  context_used: string[];
}

/** Where a conversation stands; only handed back. */
export type Context = unknown;

export interface Tried {
  reply: WireReply;
  context: Context;
  explanation: Explanation;
}

export interface Verdict {
  text: string;
  lang: Lang;
  version: string;
  got: Got;
  right: boolean;
  should?: Got;
  add: 'variant' | 'question';
}

export const tryout = {
  ask: (
    question: { text: string; locale?: Lang; context?: Context; version: string },
    signal?: AbortSignal,
  ) => api.send<Tried>('POST', '/try', question, undefined, signal),
  judge: (verdict: Verdict) => api.send<unknown>('POST', '/try/verdict', verdict),
};
