/** Whether the viewer is written to about corrections that wait for them. */
import { answer, api } from '~/api/client';
import { Attempt } from '~/shared/attempt.svelte';

export class Reminders {
  /** Null until the house has said it. */
  byMail = $state<boolean | null>(null);
  readonly attempt = new Attempt();

  async load(): Promise<void> {
    await this.attempt.run(async () => {
      this.byMail = (await answer(api.GET('/api/v1/me/reminders'))).by_mail;
    });
  }

  /** Begins or ends reminders; what was chosen counts once the house has taken it. */
  async choose(byMail: boolean): Promise<boolean> {
    const body = { by_mail: byMail };
    const taken = await this.attempt.run(() => answer(api.PUT('/api/v1/me/reminders', { body })));
    if (taken) this.byMail = taken.by_mail;
    return taken !== undefined;
  }
}
