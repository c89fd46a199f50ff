/** What the house has told the viewer, newest first. */
import { answer, api } from '~/api/client';
import type { Notification } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';

export class Inbox {
  items = $state<Notification[]>([]);
  next = $state<string | null>(null);
  unread = $state(0);
  loaded = $state(false);
  readonly attempt = new Attempt();

  /** The first page, or the one after what is shown. */
  async load(): Promise<void> {
    const query = { cursor: this.next ?? undefined };
    await this.attempt.run(async () => {
      const page = await answer(api.GET('/api/v1/notifications', { params: { query } }));
      const here = new Set(this.items.map((item) => item.id));
      this.items.push(...page.items.filter((item) => !here.has(item.id)));
      this.next = page.next;
      this.unread = page.unread;
      this.loaded = true;
    });
  }

  /** Marks one, or all, as read. */
  async read(id?: string): Promise<void> {
    const body = id === undefined ? { all: true as const } : { ids: [id] };
    await this.attempt.run(async () => {
      await answer(api.POST('/api/v1/notifications/read', { body }));
      for (const item of this.items) {
        if (item.read || (id !== undefined && item.id !== id)) continue;
        item.read = true;
        this.unread -= 1;
      }
      if (id === undefined) this.unread = 0;
    });
  }
}
