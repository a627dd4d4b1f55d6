/** The font of the pages, under a name that changes with its version: browsers keep it for good. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const resolve = createRequire(import.meta.url).resolve;
const { version } = JSON.parse(readFileSync(resolve('@fontsource-variable/vazirmatn/package.json'), 'utf8'));

/** Where the server has it. */
export const FONT = `assets/vazirmatn-${version}.woff2`;

/** The Arabic letters of Vazirmatn, all weights, as a file's content. */
export const readFont = () =>
  readFileSync(resolve('@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2'));
