import { choose } from '~/shared/language';
import { en } from './composing.en';

/** The sentences of the composer of a correction, in the page's language. */
export const say = choose({ en });
