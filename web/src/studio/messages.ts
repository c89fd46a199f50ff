import { choose } from '~/shared/language';
import { en } from './messages.en';

/** The sentences of the studio, in the page's language. */
export const say = choose({ en });
