import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@lucide/svelte',
              message:
                "The index loads four thousand icons: import Heart from '@lucide/svelte/icons/heart'.",
            },
          ],
        },
      ],
      // TypeScript resolves names itself; the rule knows no types.
      'no-undef': 'off',
      // The content security policy refuses style attributes; style:x={…} sets the property itself.
      'no-restricted-syntax': [
        'error',
        { selector: 'SvelteAttribute[key.name="style"]', message: 'Use a class or style:x={…}.' },
      ],
      'svelte/no-at-html-tags': 'error',
      // Sets, Maps and Dates that nobody watches need no watched kind.
      'svelte/prefer-svelte-reactivity': 'off',
      // Ours is not SvelteKit: there is no resolve().
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
);
