/** Whether a guest's device has a token, by which the house knows what it was served. */
import { answer, api } from '~/api/client';
import { Attempt } from '~/shared/attempt.svelte';
import { forgetWaiting } from '~/watching/beacons';

export class Remembering {
  readonly attempt = new Attempt();

  /** Whether the house has taken it. Without a token nothing of what was watched is told any more,
   * also not what was still on its way. */
  async choose(remember: boolean): Promise<boolean> {
    const body = { remember };
    const taken = await this.attempt.run(() => answer(api.PUT('/api/v1/me/device', { body })));
    if (taken && !remember) forgetWaiting();
    return taken !== undefined;
  }
}
