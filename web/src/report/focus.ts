/** Where the focus is among the findings on the page, and which of their buttons a letter presses. */

/** Brings what belongs to a finding into sight, by the names of its `data-` attributes. */
export function show(id: string, names: readonly string[]): void {
  for (const name of names) {
    document
      .querySelector(`[data-${name}="${CSS.escape(id)}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }
}

/** Focuses a finding's heading; with `lost`, only where nothing beside the findings has the focus. */
export function focusOn(id: string | null, { lost = false } = {}): void {
  if (id === null) return;
  const on = document.activeElement;
  if (lost && on && on !== document.body && !on.closest('[data-finding]')) return;
  cardOf(id)?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
}

/** Presses the button of a finding that shows this letter; whether there is one. */
export function pressLetter(id: string | null, letter: string): boolean {
  const button = id && cardOf(id)?.querySelector<HTMLElement>(`[aria-keyshortcuts="${letter}"]`);
  if (!button) return false;
  button.click();
  return true;
}

/** Focuses the field that a finding asks to be filled in, where there is one. */
export function focusField(id: string | null): void {
  if (id !== null) cardOf(id)?.querySelector<HTMLElement>('textarea')?.focus();
}

function cardOf(id: string): Element | null {
  return document.querySelector(`[data-finding="${CSS.escape(id)}"]`);
}
