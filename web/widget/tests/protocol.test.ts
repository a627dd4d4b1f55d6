/** The frames, held to the document that the server makes from its own types. */
import { expect, test } from 'vitest';
import asyncapi from '../../../docs/asyncapi.json';
import { parseFrame, parseReply, webAddress } from '../src/protocol';

interface Schema {
  properties?: object;
  type: string;
}

/** The fields of a frame in the server's document. */
function fields(name: string): string[] {
  const schemas: Record<string, Schema> = asyncapi.components.schemas;
  return Object.keys(schemas[name]?.properties ?? {});
}

const REPLY = {
  type: 'reply',
  seq: 4,
  id: 'r1',
  in_reply_to: 'm1',
  outcome: 'answer',
  lang: 'fa',
  text: 'متن [1]',
  citations: [
    { marker: 1, source: 's', title: 't', section: 'x', lang: 'ar', passage: 'p1', gist: 'g', url: null },
  ],
  disclaimers: [{ code: 'c', text: 'd' }],
  suggestions: [{ text: 'q', pair: 'p' }],
  sent_at: '2026-11-21T10:00:00Z',
};
const MESSAGE = {
  type: 'message',
  seq: 5,
  id: 'm',
  in_reply_to: null,
  from: 'staff',
  name: 'n',
  event: null,
  text: 't',
  sent_at: '',
};
const EVENT = { ...MESSAGE, from: 'system', event: 'taken' };
const RECEIVED = { type: 'received', in_reply_to: 'm1' };
const TYPING = { type: 'typing', name: 'n' };
const STARTED = { type: 'started', conversation: 'c', resume_token: 't', seq: 1, greeting: null };
const FORGOTTEN = { type: 'forgotten', conversation: 'c' };
const ERROR = { type: 'error', in_reply_to: 'm1', code: 'busy', message: 'm', retry_after_ms: 5 };

test.each([
  ['Reply', REPLY],
  ['Message', MESSAGE],
  ['Message', EVENT],
  ['Received', RECEIVED],
  ['StaffTyping', TYPING],
  ['Started', STARTED],
  ['Forgotten', FORGOTTEN],
  ['Error', ERROR],
])('%s is read as it is, and the server knows every field of it', (schema, frame) => {
  expect(parseFrame(JSON.stringify(frame))).toEqual(frame);
  const known = fields(schema);
  const unknown = Object.keys(frame).filter((field) => !known.includes(field));
  expect(unknown).toEqual([]);
});

test.each([
  'x',
  '[]',
  'null',
  '5',
  '{}',
  '{"type":"later"}',
  '{"type":"reply"}',
  '{"type":"reply","seq":"1","id":"x","text":"t"}',
  '{"type":"message","seq":1,"id":"","text":"t"}',
  '{"type":"received"}',
  '{"type":"started"}',
])('%s is no frame', (text) => expect(parseFrame(text)).toBeNull());

test('what is odd within a reply does no harm', () => {
  const odd = {
    ...REPLY,
    outcome: 'later',
    lang: 'en',
    citations: [null, { url: 'javascript:alert(1)' }],
    disclaimers: 5,
  };
  const reply = parseReply(odd);
  expect(reply).toMatchObject({ outcome: 'answer', lang: 'ar', disclaimers: [] });
  expect(reply?.citations).toHaveLength(1);
  expect(reply?.citations[0]).toMatchObject({ marker: 0, title: '', url: null });
});

test('only the web is linked to', () => {
  expect(webAddress('https://a.example/x')).toBe('https://a.example/x');
  for (const odd of ['javascript:alert(1)', 'data:text/html,x', '//a.example', 'http://', 5, null]) {
    expect(webAddress(odd)).toBeNull();
  }
});
