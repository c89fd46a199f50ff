import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '~/shared/tokens.css';
import '~/shared/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { directionOf, language } from '~/shared/language';

document.documentElement.dir = directionOf(language);

function begin(): void {
  const target = document.getElementById('app');
  if (!target) throw new Error('The page has no element with id "app" for the web app to fill.');
  mount(App, { target });
}

// Begun early by a script in the page's head, the app may be here before the page is.
if (document.getElementById('app')) begin();
else document.addEventListener('DOMContentLoaded', begin, { once: true });
