import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { FONT } from '../font.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The page of a clinic that does not exist, with the widget on it: one document a language, no inline code. */
export default defineConfig({
  root: here('.'),
  base: './',
  build: {
    outDir: here('../dist'),
    // The widget is there already.
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: here('index.html'), fa: here('fa.html') },
      output: {
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.woff2')) ? FONT : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
