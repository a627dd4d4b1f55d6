import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocks, spans } from '../chat/markdown.js';

const BLOCKS = [
  ['سطر\nآخر', [{ kind: 'p', lines: ['سطر', 'آخر'] }]],
  ['أولًا\n\nثانيًا', [{ kind: 'p', lines: ['أولًا'] }, { kind: 'p', lines: ['ثانيًا'] }]],
  ['مقدمة:\n- واحد\n- اثنان', [{ kind: 'p', lines: ['مقدمة:'] }, { kind: 'ul', lines: ['واحد', 'اثنان'] }]],
  ['۱. یک\n۲. دو', [{ kind: 'ol', lines: ['یک', 'دو'] }]],
  ['', []],
  ['<b>x</b>', [{ kind: 'p', lines: ['<b>x</b>'] }]],
];
for (const [text, expected] of BLOCKS) {
  test(`blocks of ${JSON.stringify(text)}`, () => assert.deepEqual(blocks(text), expected));
}

const SPANS = [
  ['نص [1] و**مهم**', [['text', 'نص '], ['marker', '1'], ['text', ' و'], ['bold', 'مهم']]],
  ['[x] ** **', [['text', '[x] '], ['bold', ' ']]],
  ['', []],
];
for (const [text, expected] of SPANS) {
  test(`spans of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(spans(text).map((span) => [span.kind, span.text]), expected);
  });
}
