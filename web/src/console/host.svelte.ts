/** What the host has laid down, and its changes. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { ConsoleHost, HostChanges, NewConsent } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';

export class Host {
  host = $state.raw<ConsoleHost | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly act = new Attempt();

  async load(): Promise<void> {
    try {
      this.host = await answer(api.GET('/api/v1/console/host'));
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  async change(changes: HostChanges): Promise<boolean> {
    const host = await this.act.run(() =>
      answer(api.PATCH('/api/v1/console/host', { body: changes })),
    );
    if (host) this.host = host;
    return host !== undefined;
  }

  async give(consent: NewConsent): Promise<boolean> {
    const made = await this.act.run(() =>
      answer(api.POST('/api/v1/console/standing-consents', { body: consent })),
    );
    if (made && this.host) {
      this.host = { ...this.host, standing_consents: [...this.host.standing_consents, made] };
    }
    return made !== undefined;
  }

  async take(id: string): Promise<boolean> {
    const path = { params: { path: { id } } };
    const host = await this.act.run(() =>
      answer(api.DELETE('/api/v1/console/standing-consents/{id}', path)),
    );
    if (host) this.host = host;
    return host !== undefined;
  }
}
