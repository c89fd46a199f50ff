import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import PushSwitch from './PushSwitch.svelte';

const ENDPOINT = 'https://push.example.org/a';

/** A browser that can be knocked at, and what the house is asked. */
function browser(permission: NotificationPermission, taken = true): string[] {
  const asked: string[] = [];
  let subscription: unknown = null;
  const made = {
    endpoint: ENDPOINT,
    toJSON: () => ({ keys: { p256dh: 'point', auth: 'secret' } }),
    unsubscribe: () => {
      subscription = null;
      asked.push('unsubscribed');
      return Promise.resolve(true);
    },
  };
  const pushManager = {
    getSubscription: () => Promise.resolve(subscription),
    subscribe: (how: { applicationServerKey: string }) => {
      asked.push(`subscribed to ${how.applicationServerKey}`);
      return Promise.resolve((subscription = made));
    },
  };
  const registration = { pushManager };
  const serviceWorker = {
    register: (address: string) => Promise.resolve(asked.push(address)),
    getRegistration: () => Promise.resolve(registration),
    ready: Promise.resolve(registration),
  };
  Object.defineProperty(navigator, 'serviceWorker', { value: serviceWorker, configurable: true });
  vi.stubGlobal('PushManager', vi.fn());
  const owner = {
    permission,
    requestPermission: () => Promise.resolve((owner.permission = 'granted')),
  };
  vi.stubGlobal('Notification', owner);
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname;
    if (request.method === 'GET') return Response.json({ key: 'K' });
    asked.push(`${path} ${await request.text()}`);
    if (taken) return Response.json({ on: !path.endsWith('/end') });
    const refusal = { code: 'nothing_watched', detail: 'Watch a video first.', status: 409 };
    return Response.json(refusal, { status: 409 });
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

it('tells the house where to knock once the owner agreed, and ends it again', async () => {
  const asked = browser('default');
  render(PushSwitch);
  const box = await screen.findByRole<HTMLInputElement>('checkbox');
  expect(box.checked).toBe(false);
  await fireEvent.click(box);
  const body = JSON.stringify({ endpoint: ENDPOINT, p256dh: 'point', auth: 'secret' });
  await vi.waitFor(() =>
    expect(asked).toEqual(['/push.js', 'subscribed to K', `/api/v1/push ${body}`]),
  );
  await vi.waitFor(() => expect(box.checked && !box.disabled).toBe(true));
  await fireEvent.click(box);
  await vi.waitFor(() => expect(asked.at(-1)).toBe('unsubscribed'));
  expect(asked.at(-2)).toBe(`/api/v1/push/end ${JSON.stringify({ endpoint: ENDPOINT })}`);
  await vi.waitFor(() => expect(box.checked).toBe(false));
});

it('leaves nothing behind where the house does not take it', async () => {
  const asked = browser('granted', false);
  render(PushSwitch);
  const box = await screen.findByRole<HTMLInputElement>('checkbox');
  await fireEvent.click(box);
  expect(await screen.findByText('Watch a video first.')).toBeTruthy();
  expect(asked.at(-1)).toBe('unsubscribed');
  await vi.waitFor(() => expect(box.checked).toBe(false));
});

it('says what to do where the browser was told to bar it', async () => {
  browser('denied');
  render(PushSwitch);
  expect(await screen.findByText(/settings of your browser/)).toBeTruthy();
  expect(screen.queryByRole('checkbox')).toBeNull();
});
