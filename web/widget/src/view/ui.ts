/** What the parts of the view need from the element that shows them. */
import type { Look } from '../look';
import type { Lang, Reply } from '../protocol';
import type { Talk } from '../talk';
import type { Texts } from '../texts';

export type Sheet = 'none' | 'person' | 'forget' | 'restart';

export interface Ui {
  readonly talk: Talk;
  readonly texts: Texts;
  /** The locale for digits and times, as in `fa` or `ar-MA`. */
  readonly locale: string;
  /** The locale for digits within a reply in `lang`. */
  localeOf(lang: Lang): string;
  readonly look: Look;
  readonly clinic: string;
  readonly logo: string;
  readonly phone: string;
  readonly subtitle: string;
  readonly placeholder: string;
  readonly starters: readonly string[];
  readonly isInline: boolean;
  /** Now, in ms since 1970; the view is drawn again each second while something counts down. */
  readonly now: number;
  menuOpen: boolean;
  sheet: Sheet;
  /** The citation whose card is open: `<reply id>/<marker>`; empty for none. */
  card: string;
  /** The reply whose sources are listed; empty for none. */
  listed: string;
  /** The reply that a comment is written on; empty for none. */
  commenting: string;
  /** The reply that was copied just now; empty for none. */
  copied: string;
  say(text: string): void;
  close(): void;
  openSheet(sheet: Sheet): void;
  list(reply: string): void;
  toggleCard(reply: string, marker: number, from: Element | null): void;
  copy(reply: Reply): void;
  vote(reply: string, helpful: boolean): void;
  comment(reply: string, helpful: boolean, text: string): void;
  editAgain(id: string): void;
  switchLanguage(): void;
  showReply(id: string): void;
}
