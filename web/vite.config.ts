import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { packed } from './pack.ts';

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), packed()],
  base: '/app/',
  publicDir: false,
  resolve: {
    alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) },
    // vitest would otherwise load Svelte's server build.
    ...(mode === 'test' ? { conditions: ['browser'] } : {}),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Not in .vite/, since Django collects no hidden folders.
    manifest: 'manifest.json',
    target: 'es2022',
    // light-dark() must reach the browser as written: it follows each element's own color-scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Fonts and pictures stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: 'src/main.ts' },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/shared/testing/setup.ts'],
    restoreMocks: true,
  },
}));
