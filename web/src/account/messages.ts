import { choose } from '~/shared/language';
import { en } from './messages.en';

/** The sentences of profiles, settings and the inbox, in the page's language. */
export const say = choose({ en });
