/** What the person's screen and system ask for, as it changes. */
import { MediaQuery } from 'svelte/reactivity';

/** Wide enough for two things side by side. */
export const desktop = new MediaQuery('(min-width: 1024px)');

const calm = new MediaQuery('(prefers-reduced-motion: reduce)');

/** Whether movement is to be spared. */
export function reducedMotion(): boolean {
  return calm.current;
}
