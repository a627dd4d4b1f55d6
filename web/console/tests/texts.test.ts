import { expect, test } from 'vitest';
import { ar } from '../src/texts/ar';
import { en } from '../src/texts/en';
import { fa } from '../src/texts/fa';

/** Every text by its name; those that are made, made once for each count that has a form of its own. */
function flat(texts: object, before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([name, value]): [string, string][] => {
    const path = before + name;
    if (typeof value === 'string') return [[path, value]];
    if (typeof value !== 'function') return flat(value as object, `${path}.`);
    return [1, 2, 3, 11, 100].map((count) => [
      `${path}(${count})`,
      (value as (...given: unknown[]) => string)(count, String(count), 'Y'),
    ]);
  });
}

/** What is written alike in every language. */
const SAME = /^[\d\s%.,:/–-]*$|^mujib$/u;

test('nothing is left in English, nothing is empty', () => {
  const english = new Map(flat(en));
  for (const [lang, texts] of Object.entries({ ar, fa })) {
    const found = flat(texts);
    expect(found.map(([name]) => name).sort(), lang).toEqual([...english.keys()].sort());
    for (const [name, text] of found) {
      expect(text.trim(), `${lang}: ${name}`).not.toBe('');
      if (SAME.test(text)) continue;
      expect(text, `${lang}: ${name}`).toMatch(/\p{Script=Arabic}/u);
    }
  }
});

test('each language in its own letters', () => {
  for (const [name, text] of flat(fa)) expect(text, `fa: ${name}`).not.toMatch(/[يكة٠-٩]/u);
  for (const [name, text] of flat(ar)) expect(text, `ar: ${name}`).not.toMatch(/[یکگچپژ۰-۹]/u);
});

test('Arabic counts in four forms', () => {
  const check = (count: number, text: string): void => expect(ar.common.shown(count, String(count))).toBe(text);
  check(1, 'عنصر واحد');
  check(2, 'عنصران');
  check(3, '3 عناصر');
  check(11, '11 عنصرًا');
  check(103, '103 عناصر');
});
