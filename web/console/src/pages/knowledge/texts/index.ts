import { ar } from './ar';
import { en } from './en';
import { fa } from './fa';

export type { Texts } from './en';
export const TEXTS = { en, ar, fa } as const;
