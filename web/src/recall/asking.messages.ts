import { choose } from '~/shared/language';
import { en } from './asking.en';

/** The sentences of the question about a correction, in the page's language. */
export const say = choose({ en });
