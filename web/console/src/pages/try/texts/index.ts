import { ar } from './ar';
import { en } from './en';
import { fa } from './fa';

export type { Texts } from './en';
export const TEXTS = { en, ar, fa } as const;

/** A rule's name as a key of the texts: `small talk, too unsure` is `small_talk_too_unsure`. */
export const ruleKey = (rule: string): string =>
  rule
    .toLowerCase()
    .replace(/[^a-z]+/gu, '_')
    .replace(/^_|_$/gu, '');
