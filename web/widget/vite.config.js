import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { FONT } from '../font.js';

/** One classic script, so that a page needs one tag and no build of its own. */
export default defineConfig({
  define: { __FONT__: JSON.stringify(FONT) },
  build: {
    outDir: fileURLToPath(new URL('../dist', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: fileURLToPath(new URL('src/main.ts', import.meta.url)),
      formats: ['iife'],
      name: 'mujib',
      fileName: () => 'widget.js',
    },
  },
});
