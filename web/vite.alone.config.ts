/** What stands in pages that play one clip without the app, also in frames elsewhere: one script. */
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
      input: 'src/alone/alone.ts',
      output: { format: 'iife', entryFileNames: 'alone.js' },
    },
  },
});
