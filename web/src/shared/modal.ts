/** Opens a `<dialog>` above the page when it is mounted: the rest is inert, focus is kept in it. */
import type { Attachment } from 'svelte/attachments';

/** `onclose` is called for Escape, the platform's back gesture and a press outside. */
export function modal(onclose: () => void): Attachment<HTMLDialogElement> {
  return (dialog) => {
    const before = document.activeElement;
    const cancel = (event: Event): void => {
      event.preventDefault();
      onclose();
    };
    const outside = (event: PointerEvent): void => {
      if (event.target === dialog) onclose();
    };
    dialog.addEventListener('cancel', cancel);
    dialog.addEventListener('close', onclose);
    dialog.addEventListener('pointerdown', outside);
    dialog.showModal();
    return () => {
      dialog.removeEventListener('cancel', cancel);
      dialog.removeEventListener('close', onclose);
      dialog.removeEventListener('pointerdown', outside);
      if (dialog.open) dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  };
}
