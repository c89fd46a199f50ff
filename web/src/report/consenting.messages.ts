import { choose } from '~/shared/language';
import { en } from './consenting.en';

/** The sentences about consents of those who are shown, in the page's language. */
export const say = choose({ en });
