/** Short messages at the edge of the screen, read aloud as well. */

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 6000;

class Toasts {
  shown = $state<readonly Toast[]>([]);
  #next = 1;

  /** Shows a sentence for six seconds; one with an action stays until it is dismissed. */
  say(text: string, action?: Toast['action']): void {
    const id = this.#next;
    this.#next += 1;
    this.shown = [...this.shown.filter((toast) => toast.text !== text), { id, text, action }];
    if (!action) setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
