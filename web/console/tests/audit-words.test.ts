import { expect, test } from 'vitest';
import { Format } from '../src/format';
import { nameOf, wordFor } from '../src/pages/audit/words';
import { locale } from '../src/state/locale';

test('details of the log in the words of each language', () => {
  const check = (lang: 'en' | 'ar' | 'fa', name: string, value: string, words: [string | null, string]): void => {
    locale.locale = lang;
    expect([nameOf(name), wordFor(name, value, new Format(lang, 'UTC'))]).toEqual(words);
  };
  check('en', 'role.to', 'editor', ['Role · now', 'Editor']);
  check('fa', 'role', 'editor', ['نقش', 'ویراستار']);
  check('fa', 'sessions_ended', '12', ['نشست‌های پایان‌یافته', '۱۲']);
  check('ar', 'widget.name_fa', 'کلینیک', ['نافذة المحادثة · اسم العيادة بالفارسية', 'کلینیک']);
  check('ar', 'widget.starters_ar', 'x|y', ['نافذة المحادثة · أسئلة للبداية، سؤال في كل سطر (العربية)', 'x|y']);
  check('ar', 'disabled', 'true', ['موقوف', 'نعم']);
  check('en', 'unheard_of', 'editor', [null, 'editor']);
  check('en', 'widget.__proto__', '', [null, '']);
  check('en', 'phone', '+98 21', ['Telephone', '+98 21']);
});
