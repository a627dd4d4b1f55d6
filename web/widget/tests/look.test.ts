/** What a page and a server may set. */
import { expect, test } from 'vitest';
import { contrast, palette, parseColour } from '../src/colour';
import { logoAddress, PLAIN, readLook } from '../src/look';
import { baseLang, chooseLocale, serverAddress, socketAddress, splitStarters } from '../src/options';
import { TEXTS } from '../src/texts';

test.each([
  ['fa', 'ar', [], 'fa'],
  ['', 'fa-IR', ['ar'], 'fa-IR'],
  ['', 'en', ['de', 'ar-MA'], 'ar-MA'],
  ['', '', ['en'], 'ar'],
  ['arx', '', [], 'ar'],
])('set %j, page %j, browser %j: %s', (set, page, browser, expected) => {
  expect(chooseLocale(set, page, browser)).toBe(expected);
});

test('languages of tags', () => {
  expect(['ar', 'FA-ir', 'ar_EG', 'arc', 'en', ''].map(baseLang)).toEqual([
    'ar',
    'fa',
    null,
    null,
    null,
    null,
  ]);
});

test.each([
  ['https://clinic.example', 'https://a.example/', 'wss://clinic.example/v1/chat'],
  ['https://clinic.example/mujib', 'https://a.example/', 'wss://clinic.example/mujib/v1/chat'],
  ['.', 'http://a.example/x/y.html', 'ws://a.example/x/v1/chat'],
])('the socket of %s on %s', (server, page, expected) => {
  expect(socketAddress(serverAddress(server, page))).toBe(expected);
});

test('an address that is none is none', () => {
  expect(serverAddress('javascript:alert(1)', 'https://a.example/')).toBe('');
});

test('starters are split', () => {
  expect(splitStarters(' كم؟ | |متى؟')).toEqual(['كم؟', 'متى؟']);
  expect(splitStarters('')).toEqual([]);
});

test('whatever a server says, the look is whole', () => {
  for (const odd of [null, 5, 'x', [], { accent: 7, text_chars: -1 }]) expect(readLook(odd)).toEqual(PLAIN);
  expect(readLook({ name_fa: 'ندا', text_chars: 100, more: 1 })).toEqual({
    ...PLAIN,
    name_fa: 'ندا',
    text_chars: 100,
  });
});

test('a logo is a picture of the web or of the server', () => {
  const server = 'https://chat.example/m/';
  expect(logoAddress('/logo.svg', server)).toBe('https://chat.example/logo.svg');
  expect(logoAddress('javascript:alert(1)', server)).toBe('');
  expect(logoAddress('data:image/svg+xml,x', server)).toBe('');
  expect(logoAddress('', server)).toBe('');
});

test.each(['#000000', '#ffffff', '#ffff00', '#777777', '#0b6b66', '#e91e63', '#808000', '#abc'])(
  'a clinic may choose %s and everything stays readable',
  (accent) => {
    for (const surface of ['#f1f5f5', '#1f2c2b']) {
      const colours = palette(accent, surface);
      const of = (text: string | undefined) => parseColour(text ?? '') ?? [0, 0, 0];
      expect(contrast(of(colours?.on), of(colours?.ground))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(of(colours?.text), of(surface))).toBeGreaterThanOrEqual(4.5);
    }
  },
);

test('a colour that is none changes nothing', () => {
  for (const odd of ['red', '', '#12', 'url(x)']) expect(palette(odd, '#ffffff')).toBeNull();
});

test('both languages say everything', () => {
  expect(Object.keys(TEXTS.fa)).toEqual(Object.keys(TEXTS.ar));
  for (const texts of Object.values(TEXTS)) {
    for (const text of Object.values(texts)) if (typeof text === 'string') expect(text.trim()).not.toBe('');
  }
  expect([1, 2, 5, 11, 105].map((n) => TEXTS.ar.waitSeconds(n, String(n)))).toMatchInlineSnapshot(`
    [
      "تُرسل تلقائيًا بعد ثانية واحدة.",
      "تُرسل تلقائيًا بعد ثانيتين.",
      "تُرسل تلقائيًا بعد 5 ثوانٍ.",
      "تُرسل تلقائيًا بعد 11 ثانية.",
      "تُرسل تلقائيًا بعد 105 ثوانٍ.",
    ]
  `);
});
