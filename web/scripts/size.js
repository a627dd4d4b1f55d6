/** What pages load, gzipped: printed, and held to its limits. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
const bytes = (name) => gzipSync(readFileSync(new URL(name, DIST)), { level: 6 }).length;

/** The script and the styles of the console, all pages together. */
const consoleFiles = () =>
  readdirSync(new URL('console/assets/', DIST))
    .filter((name) => /\.(?:js|css)$/u.test(name))
    .map((name) => `console/assets/${name}`);

/** In bytes. A font is not counted: browsers keep it for good, and the widget loads it only where a page asks. */
const LIMITS = [
  { what: 'the widget before the first message', limit: 40_000, files: ['widget.js'] },
  { what: 'the console, all its pages', limit: 280_000, files: consoleFiles() },
];

let large = false;
for (const { what, limit, files } of LIMITS) {
  const sum = files.reduce((total, name) => total + bytes(name), 0);
  console.log(`${what}: ${sum} of ${limit} bytes gzipped`);
  if (sum > limit) {
    console.error(`${what}: too large. Leave something out, or load it where it is needed`);
    large = true;
  }
}
if (large) process.exit(1);
