import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { FONT } from '../font.js';
import { page, PAGES } from './page.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The documents are made when they are read: there is one template for all languages. */
const documents = {
  name: 'documents',
  enforce: 'pre',
  resolveId: (id) => (Object.values(PAGES).some(({ file }) => id === here(file)) ? id : null),
  load(id) {
    const lang = Object.keys(PAGES).find((known) => id === here(PAGES[known].file));
    return lang ? page(lang) : null;
  },
};

/** The page of a clinic that does not exist, with the widget on it: one document a language, no inline code. */
export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [documents],
  build: {
    outDir: here('../dist'),
    // The widget is there already.
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: Object.values(PAGES).map(({ file }) => here(file)),
      output: {
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.woff2')) ? FONT : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
