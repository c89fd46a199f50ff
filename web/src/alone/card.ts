/** The card before a clip on a page without the app: the same words as `recall/MustSee.svelte`. */
import type { OwedNotice } from '~/api/types';
import { byGravity } from '~/recall/gravity';
import { say } from '~/recall/messages';
import { day } from '~/shared/format';
import { say as shared } from '~/shared/messages';

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...inside: (Node | string | null)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside.filter((each) => each !== null));
  return made;
}

/** Words that people wrote, in the direction in which they are written. */
function written(name: 'h1' | 'h2' | 'p' | 'blockquote', className: string, text: string): Node {
  const made = element(name, `${className} keep-lines`.trim(), text);
  made.dir = 'auto';
  made.tabIndex = -1;
  return made;
}

function noticeOf(notice: OwedNotice, first: boolean): HTMLElement {
  const now = new Date();
  const signed = say.signed(notice.by.name, '', day(notice.at, now));
  const link = element('a', '', say.proof);
  link.href = notice.proof_url;
  link.target = '_blank';
  link.rel = 'noopener';
  const wrong = notice.what_wrong
    ? element(
        'div',
        'panel',
        element('p', 'label', say.whatWasWrong),
        written('p', '', notice.what_wrong),
      )
    : null;
  const apology = notice.apology
    ? element(
        'div',
        '',
        written('blockquote', '', `“${notice.apology}”`),
        element('p', 'muted small', signed),
      )
    : null;
  return element(
    'article',
    'notice',
    element(
      'p',
      `stamp ${notice.severity}`,
      say.badge[notice.severity](day(notice.watched_at, now)),
    ),
    written(first ? 'h1' : 'h2', 'headline', notice.what_right),
    notice.what_now ? written('p', 'lead', notice.what_now) : null,
    notice.privacy ? element('p', 'panel', say.privacy) : null,
    wrong,
    apology,
    element('p', 'muted small', `${say.about(notice.title)}. ${say.own} · `, link),
  );
}

/** A dialog that nothing but its button closes; resolves once that was pressed. */
async function hold(words: string, ...inside: (Node | null)[]): Promise<void> {
  const button = element('button', 'button main wide', words);
  const dialog = element('dialog', 'must-see', ...inside, button);
  dialog.setAttribute('aria-label', say.label);
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  document.body.append(dialog);
  const open = (): void => {
    if (dialog.open) return;
    dialog.showModal();
    dialog.querySelector('h1')?.focus({ preventScroll: true }); // its words are read first
  };
  // Some browsers close a dialog all the same on a second Escape.
  dialog.addEventListener('close', open);
  open();
  await new Promise((pressed) => button.addEventListener('click', pressed, { once: true }));
  dialog.removeEventListener('close', open);
  dialog.remove();
}

/** Resolves once these were read. */
export async function show(notices: readonly OwedNotice[]): Promise<void> {
  const sorted = byGravity(notices);
  const several = sorted.length > 1;
  await hold(
    several ? say.readAll(sorted.length) : say.read,
    several ? element('p', 'several', say.several(sorted.length)) : null,
    ...sorted.map((notice, i) => noticeOf(notice, i === 0)),
  );
}

/** Something waits whose words do not come; resolves once they are to be asked for again. */
export async function showFailure(text: string): Promise<void> {
  await hold(shared.retry, element('p', '', say.waits), element('p', 'muted', text));
}
