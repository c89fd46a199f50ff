import { choose } from './language';
import { en } from './messages.en';

/** The sentences of the shared parts, in the page's language. */
export const say = choose({ en });
