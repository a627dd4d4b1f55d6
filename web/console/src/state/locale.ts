/** The interface's language, direction and theme: chosen by the person, kept in this browser. */
import type { Locale, Theme } from '../api/types';
import { ar } from '../texts/ar';
import { en, type Texts } from '../texts/en';
import { fa } from '../texts/fa';

export const LOCALES: readonly Locale[] = ['en', 'ar', 'fa'];
export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', ar: 'العربية', fa: 'فارسی' };

const TEXTS: Readonly<Record<Locale, Texts>> = { en, ar, fa };

/** The first of `wanted` that the console speaks; else English. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): Locale {
  for (const tag of wanted) {
    const base = tag?.toLowerCase().split('-')[0];
    const found = LOCALES.find((known) => known === base);
    if (found) return found;
  }
  return 'en';
}

class LocaleState extends EventTarget {
  locale: Locale = chooseLocale([kept('locale'), ...navigatorLanguages()]);
  theme: Theme = THEMES.find((theme) => theme === kept('theme')) ?? 'auto';
  #dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;

  constructor() {
    super();
    this.#dark?.addEventListener('change', () => this.#show());
  }

  get texts(): Texts {
    return TEXTS[this.locale];
  }

  get dir(): 'ltr' | 'rtl' {
    return this.locale === 'en' ? 'ltr' : 'rtl';
  }

  get isDark(): boolean {
    return this.theme === 'dark' || (this.theme === 'auto' && (this.#dark?.matches ?? false));
  }

  set(change: { locale?: Locale; theme?: Theme }): void {
    if (change.locale) this.locale = change.locale;
    if (change.theme) this.theme = change.theme;
    keep('locale', this.locale);
    keep('theme', this.theme);
    this.#show();
  }

  /** Puts language, direction and theme on the document. */
  show(): void {
    const root = document.documentElement;
    root.lang = this.locale;
    root.dir = this.dir;
    root.dataset.theme = this.isDark ? 'dark' : 'light';
  }

  #show(): void {
    this.show();
    this.dispatchEvent(new Event('change'));
  }
}

const KEY = 'mujib-console-';

function kept(name: string): string | null {
  try {
    return localStorage.getItem(KEY + name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(KEY + name, value);
  } catch {
    // A browser that keeps nothing asks the server after sign-in.
  }
}

function navigatorLanguages(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : (navigator.languages ?? []);
}

export const locale = new LocaleState();
