/** The log's names and values in the reader's words. */
import type { Format } from '../../format';
import { locale } from '../../state/locale';
import { TEXTS as INBOX } from '../inbox/texts';
import { TEXTS } from './texts';

/** The word for `key`, if there is one: a key may be whatever the log holds. */
const wordIn = (words: Record<string, string>, key: string): string | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;

/** Settings are called what their page calls them. */
function settingNamed(part: string): string | undefined {
  const { common, settings } = locale.texts;
  const own: Record<string, string> = {
    accent: settings.accent,
    allowed_origins: settings.origins,
    country: settings.country,
    logo: settings.logo,
    name_ar: settings.nameAr,
    name_fa: settings.nameFa,
    phone: settings.phone,
    retention_days: `${settings.retention} (${settings.retentionUnit})`,
    time_zone: settings.timeZone,
  };
  const [, kind, lang] = /^(subtitle|launcher|placeholder|starters)_(ar|fa)$/u.exec(part) ?? [];
  if (!kind || !lang) return wordIn(own, part);
  return `${settings.word[kind as keyof typeof settings.word]} (${common[lang as 'ar' | 'fa']})`;
}

/** What a detail is called, outermost first; `null` where there is no word for a part of it. */
export function nameOf(name: string): string | null {
  const { fields } = TEXTS[locale.locale];
  const words = name.split('.').map((part) => wordIn(fields, part) ?? settingNamed(part));
  return words.some((word) => word === undefined) ? null : words.join(' · ');
}

/** A value of the detail `name`; what has no word of its own stays as it is. */
export function wordFor(name: string, value: string, fmt: Format): string {
  const { common, roles, top } = locale.texts;
  const languages = { ar: common.ar, fa: common.fa, en: common.en };
  const { yes, no, link } = TEXTS[locale.locale];
  const known: Record<string, Record<string, string>> = {
    role: roles,
    state: INBOX[locale.locale].states,
    lang: languages,
    locale: languages,
    theme: top.themes,
    by: { link },
  };
  const [first = ''] = name.split('.');
  const words = Object.hasOwn(known, first) ? wordIn(known[first] ?? {}, value) : undefined;
  if (words !== undefined) return words;
  if (value === 'true' || value === 'false') return value === 'true' ? yes : no;
  return /^\d{1,9}$/u.test(value) ? fmt.number(Number(value)) : value;
}
