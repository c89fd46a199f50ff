import { choose } from '~/shared/language';
import { en } from './words.en';

/** The sentences about words that were destroyed, in the page's language. */
export const say = choose({ en });
