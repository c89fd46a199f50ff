/** Small things that sentences are made of. */
import { language } from './language';

const list = new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'conjunction' });

/** `speech, faces and voices`. */
export function listed(names: readonly string[]): string {
  return list.format(names);
}

/** `Nurse practitioner, dermatology`: what somebody was checked to be. */
export function fieldOf(checked: { profession: string; specialty: string }): string {
  return capital([checked.profession, checked.specialty].filter(Boolean).join(', '));
}

/** A text with a capital, for the beginning of a line. */
export function capital(text: string): string {
  const [first = '', ...rest] = [...text];
  return first.toLocaleUpperCase(language) + rest.join('');
}
