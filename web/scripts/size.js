/** What a page loads for the widget before the first message, gzipped: printed, and held to its limit. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** In bytes. A font is not counted: it is loaded only where a page asks for it. */
const LIMIT = 40_000;
const LOADED = ['widget.js'];

let sum = 0;
for (const name of LOADED) {
  const bytes = gzipSync(readFileSync(new URL(`../dist/${name}`, import.meta.url)), { level: 6 }).length;
  sum += bytes;
  console.log(`${name}: ${bytes} bytes gzipped`);
}
console.log(`before the first message: ${sum} of ${LIMIT} bytes`);
if (sum > LIMIT) {
  console.error('the widget is too large: leave something out, or load it after the first message');
  process.exit(1);
}
