import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleHost, ConsolePerson } from '~/api/types';
import { aPost } from '~/studio/testing';
import { Host } from './host.svelte';
import { People } from './people.svelte';
import { Posts } from './posts.svelte';

const ana: ConsolePerson = {
  person: { id: 'ana', handle: 'ana', name: 'Ana Moreau', credential: null },
  email: 'ana@example.org',
  active: true,
  roles: ['viewer'],
  credential_detail: null,
};
const asked: { key: string; body: unknown }[] = [];
let reply: (key: string) => unknown = () => ({});

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const text = await request.text();
    const key = `${request.method} ${url.pathname}${url.search}`;
    asked.push({ key, body: text ? JSON.parse(text) : null });
    const answer = reply(key);
    return answer instanceof Response ? answer : Response.json(answer);
  });
});

afterEach(() => vi.unstubAllGlobals());

describe('the people', () => {
  it('that were verified show so in the list at once', async () => {
    const people = new People();
    reply = () => ({ items: [ana] });
    await people.search();
    people.choose(ana);
    reply = () => ({ ...ana, roles: ['clinician', 'viewer'] });
    const done = await people.verify({
      profession: 'Surgeon',
      specialty: '',
      country: '',
      how: 'Register',
      expires_at: null,
    });
    expect(done).toBe(true);
    expect(people.found?.[0]?.roles).toContain('clinician');
    expect(asked.at(-1)?.key).toBe('POST /api/v1/console/people/ana/verify');
  });

  it('keep their reason with a credential that is taken back', async () => {
    const people = new People();
    people.choose(ana);
    reply = () => ana;
    await people.revoke('Struck off');
    expect(asked[0]?.key).toBe('DELETE /api/v1/console/people/ana/credential?reason=Struck%20off');
  });
});

describe('the posts', () => {
  const held = aPost({ state: 'held', author: ana.person });

  it('are blurred anew with each choice', async () => {
    reply = () => ({ items: [held] });
    const posts = new Posts();
    await posts.load();
    posts.choose('p1');
    expect(posts.post?.id).toBe('p1');
    posts.blurred = false;
    posts.choose('p2');
    expect(posts.blurred).toBe(true);
  });

  it('are read anew once one was held, and stay as they are when it failed', async () => {
    reply = () => ({ items: [held] });
    const posts = new Posts();
    await posts.load();
    posts.choose('p1');
    expect(await posts.hold('A patient can be recognised.')).toBe(true);
    expect(asked.map(({ key }) => key)).toEqual([
      'GET /api/v1/console/posts?state=held',
      'POST /api/v1/posts/p1/hold',
      'GET /api/v1/console/posts?state=held',
    ]);
    reply = () => Response.json({ code: 'forbidden', detail: 'No.' }, { status: 403 });
    expect(await posts.restore('Mended.')).toBe(false);
    expect(posts.act.problem?.detail).toBe('No.');
    expect(asked).toHaveLength(4);
  });

  it('come a page at a time, each once', async () => {
    const other = { ...held, id: 'p2' };
    reply = (key) =>
      key.includes('cursor=here')
        ? { items: [held, other], next: null }
        : { items: [held], next: 'here' };
    const posts = new Posts();
    await posts.load();
    await posts.more();
    expect(posts.items?.map(({ id }) => id)).toEqual(['p1', 'p2']);
    expect(posts.next).toBeNull();
    await posts.more();
    expect(asked).toHaveLength(2);
  });

  it('of one state are asked for by it', async () => {
    reply = () => ({ items: [] });
    const posts = new Posts();
    posts.show('public');
    await vi.waitFor(() => expect(posts.items).toEqual([]));
    expect(asked[0]?.key).toBe('GET /api/v1/console/posts?state=public');
  });
});

describe('the house', () => {
  const house: ConsoleHost = {
    name: 'St Elsewhere',
    contact: '',
    town: '',
    named_person: null,
    named: null,
    quorum: { lesson: { colleagues: 1, lay: 0 } },
    recall_goal: 0.75,
    standing_consents: [],
  };

  it('sends only what changes', async () => {
    reply = () => house;
    const host = new Host();
    await host.change({ named_person: 'ana' });
    expect(asked[0]).toEqual({ key: 'PATCH /api/v1/console/host', body: { named_person: 'ana' } });
  });

  it('shows a standing consent as soon as it is given', async () => {
    reply = () => house;
    const host = new Host();
    await host.load();
    reply = () => ({
      id: 'c1',
      lane: 'lesson',
      author: null,
      waives: ['rehearsal'],
      reason: 'One author.',
      given_by: ana.person,
      given_at: '2026-11-16T09:12:00Z',
    });
    await host.give({ lane: 'lesson', waives: ['rehearsal'], reason: 'x', author_id: null });
    expect(host.host?.standing_consents.map(({ id }) => id)).toEqual(['c1']);
  });
});
