/** What the parts of the view need from the element that shows them. */
import type { SourceCards } from '../cards';
import type { Look } from '../look';
import type { Lang, Reply } from '../protocol';
import type { Talk } from '../talk';
import type { Texts } from '../texts';

export type Sheet = 'none' | 'person' | 'forget' | 'restart';

/** What a turn needs; the staff's console shows turns without the rest. */
export interface TurnUi {
  readonly talk: {
    readonly saved: { readonly votes: Readonly<Record<string, boolean>> };
    retry(id: string): void;
    takeBack(id: string): unknown;
  };
  readonly texts: Texts;
  /** The locale for digits and times, as in `fa` or `ar-MA`. */
  readonly locale: string;
  /** The locale for digits within a reply in `lang`. */
  localeOf(lang: Lang): string;
  readonly starters: readonly string[];
  /** Now, in ms since 1970; the view is drawn again each second while something counts down. */
  readonly now: number;
  readonly cards: SourceCards;
  /** The reply that a comment is written on; empty for none. */
  commenting: string;
  /** The reply that was copied just now; empty for none. */
  copied: string;
  say(text: string): void;
  copy(reply: Reply): void;
  vote(reply: string, helpful: boolean): void;
  comment(reply: string, helpful: boolean, text: string): void;
  editAgain(id: string): void;
}

export interface Ui extends TurnUi {
  readonly talk: Talk;
  readonly look: Look;
  readonly clinic: string;
  readonly logo: string;
  readonly phone: string;
  readonly subtitle: string;
  readonly placeholder: string;
  readonly isInline: boolean;
  menuOpen: boolean;
  sheet: Sheet;
  close(): void;
  openSheet(sheet: Sheet): void;
  switchLanguage(): void;
  showReply(id: string): void;
  /** The logo cannot be shown: the page's policy forbids it, or it is gone. */
  dropLogo(): void;
}
