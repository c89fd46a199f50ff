/** What stands in the page before the app: one small script of its own, without imports. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: {
      input: 'src/early/early.ts',
      output: { format: 'iife', entryFileNames: 'early.js' },
    },
  },
});
