/** Whether the house may knock at this browser when a correction waits for the viewer. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import { Attempt } from '~/shared/attempt.svelte';
import { workerAddress } from './worker-address';
import { say } from './messages';

export type Knocks = 'unknown' | 'unable' | 'barred' | 'off' | 'on';

export class Push {
  knocks = $state<Knocks>('unknown');
  readonly attempt = new Attempt();

  /** What this browser can do and has agreed to. */
  async look(): Promise<void> {
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
      this.knocks = 'unable';
    } else if (Notification.permission === 'denied') {
      this.knocks = 'barred';
    } else {
      const found = await (
        await navigator.serviceWorker.getRegistration()
      )?.pushManager.getSubscription();
      this.knocks = found && Notification.permission === 'granted' ? 'on' : 'off';
    }
  }

  /** Asks the browser's owner, then tells the house where to knock. */
  async begin(): Promise<void> {
    await this.attempt.run(async () => {
      if ((await Notification.requestPermission()) !== 'granted') return this.look();
      const { key } = await answer(api.GET('/api/v1/push'));
      const found = await subscribed(key);
      const keys = found.toJSON().keys ?? {};
      const body = { endpoint: found.endpoint, p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' };
      try {
        await answer(api.POST('/api/v1/push', { body }));
      } catch (cause) {
        await found.unsubscribe();
        throw cause;
      }
      this.knocks = 'on';
    });
  }

  /** Ends it here, and has the house forget this browser. */
  async end(): Promise<void> {
    await this.attempt.run(async () => {
      const here = await navigator.serviceWorker.getRegistration();
      const found = await here?.pushManager.getSubscription();
      if (found) {
        await answer(api.POST('/api/v1/push/end', { body: { endpoint: found.endpoint } }));
        await found.unsubscribe();
      }
      this.knocks = 'off';
    });
  }
}

async function subscribed(key: string): Promise<PushSubscription> {
  try {
    await navigator.serviceWorker.register(workerAddress('/push.js'));
    const ready = await navigator.serviceWorker.ready;
    return await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    throw new Problem('push_refused', say.pushRefused, 0);
  }
}
