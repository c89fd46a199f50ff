/** One stop of Tab for many: the arrows lead from one to the next inside a group. */
import type { Attachment } from 'svelte/attachments';

const STEPS: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/**
 * `selector` names the members. Tab comes to the one that was last focused, else to the pressed one,
 * else to the first; arrows, Home and End move the focus, and press nothing.
 */
export function roving(selector: string): Attachment<HTMLElement> {
  return (group) => {
    const members = (): HTMLElement[] => [...group.querySelectorAll<HTMLElement>(selector)];
    let last: Element | null = null;

    const settle = (): void => {
      const all = members();
      const entry =
        all.find((one) => one === last) ??
        all.find((one) => one.getAttribute('aria-pressed') === 'true') ??
        all[0];
      for (const one of all) one.tabIndex = one === entry ? 0 : -1;
    };
    const focused = (event: FocusEvent): void => {
      last = (event.target as Element).closest(selector);
      settle();
    };
    const moved = (event: KeyboardEvent): void => {
      const all = members();
      const at = all.findIndex((one) => one.contains(event.target as Node));
      if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = STEPS[event.key];
      const to =
        event.key === 'Home' ? all[0] : event.key === 'End' ? all.at(-1) : step && all[at + step];
      if (!to && !step) return;
      event.preventDefault();
      event.stopPropagation();
      if (to) to.focus();
    };

    settle();
    const watch = new MutationObserver(() => {
      // Another is pressed by other means: that is where to go on.
      if (!group.contains(document.activeElement)) last = null;
      settle();
    });
    watch.observe(group, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['aria-pressed'],
    });
    group.addEventListener('focusin', focused);
    group.addEventListener('keydown', moved);
    return () => {
      watch.disconnect();
      group.removeEventListener('focusin', focused);
      group.removeEventListener('keydown', moved);
    };
  };
}
