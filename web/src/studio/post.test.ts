import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StudioPost, WayStep } from '~/api/types';
import { PostOnItsWay, pauseOf, stepNow } from './post.svelte';
import { aPost, aVersion, step } from './testing';

const reply: Record<string, (body: unknown) => Response> = {};
const asked: string[] = [];

function serve(): void {
  asked.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    const key = `${request.method} ${new URL(request.url).pathname}`;
    const text = await request.text();
    asked.push(key);
    const found = reply[key];
    return found ? found(text ? JSON.parse(text) : null) : Response.json({}, { status: 404 });
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const key of Object.keys(reply)) Reflect.deleteProperty(reply, key);
});

describe('where a post is', () => {
  it('is the step that works or failed, else the first that waits', () => {
    const way: WayStep[] = [
      step('saved', 'done'),
      step('rendered', 'now'),
      step('checked', 'waiting'),
    ];
    expect(stepNow(way)?.step).toBe('rendered');
    expect(stepNow([step('saved', 'done'), step('rehearsed', 'waiting')])?.step).toBe('rehearsed');
    expect(stepNow([step('saved', 'done')])).toBeNull();
  });

  it('is asked often while a machine works and seldom while people are awaited', () => {
    const working = aPost({
      way: [step('rendered', 'now', { fraction: 0.4 })],
      next_action: { code: 'wait', text: '' },
    });
    const asking = aPost({
      way: [step('rehearsed', 'now')],
      next_action: { code: 'none', text: '' },
    });
    expect(pauseOf(working)).toBeLessThan(2_000);
    // Its author may write meanwhile, and nobody knows how long the file takes.
    const measuring = aPost({
      way: [step('rendered', 'now')],
      next_action: { code: 'write', text: '' },
    });
    expect(pauseOf(measuring)).toBeLessThan(2_000);
    expect(pauseOf(asking)).toBeGreaterThan(10_000);
  });

  it('is not asked again once the file was refused', () => {
    const asset = {
      ...(aPost().asset as NonNullable<StudioPost['asset']>),
      state: 'refused' as const,
    };
    expect(pauseOf(aPost({ asset }))).toBeNull();
  });
});

describe('a post on its way', () => {
  it('is asked again soon after the page was opened', async () => {
    vi.useFakeTimers();
    serve();
    const way = [step('saved', 'done'), step('rendered', 'now')];
    reply['GET /api/v1/studio/posts/p1'] = () => Response.json(aPost({ way }));
    const stop = new PostOnItsWay('p1').follow();
    await vi.advanceTimersByTimeAsync(5_000);
    stop();
    vi.useRealTimers();
    expect(asked.length).toBeGreaterThan(2);
  });

  it('saves what was typed before it is checked', async () => {
    serve();
    reply['GET /api/v1/studio/posts/p1'] = () => Response.json(aPost());
    reply['PATCH /api/v1/studio/posts/p1'] = (body) => Response.json(aPost(body as object));
    reply['POST /api/v1/studio/posts/p1/check'] = () => Response.json(aPost({ title: 'Asthma' }));
    const post = new PostOnItsWay('p1');
    await post.load();
    post.draft?.set('title', 'Asthma');
    expect(await post.check()).toBe(true);
    expect(asked.slice(1)).toEqual([
      'PATCH /api/v1/studio/posts/p1',
      'POST /api/v1/studio/posts/p1/check',
    ]);
  });

  it('is not checked while what was typed cannot be saved', async () => {
    serve();
    reply['GET /api/v1/studio/posts/p1'] = () => Response.json(aPost());
    reply['PATCH /api/v1/studio/posts/p1'] = () =>
      Response.json({ code: 'invalid', detail: 'The title is too long.' }, { status: 422 });
    const post = new PostOnItsWay('p1');
    await post.load();
    post.draft?.set('title', 'A'.repeat(500));
    expect(await post.check()).toBe(false);
    expect(post.act.problem?.detail).toBe('The title is too long.');
    expect(asked).not.toContain('POST /api/v1/studio/posts/p1/check');
  });

  it('says why it is held when it may not be published', async () => {
    serve();
    const working = aVersion();
    reply['GET /api/v1/studio/posts/p1'] = () => Response.json(aPost({ working }));
    reply['POST /api/v1/versions/v1/publish'] = () =>
      Response.json({ code: 'held', detail: 'No rehearsal verdict yet.' }, { status: 409 });
    const post = new PostOnItsWay('p1');
    await post.load();
    expect(await post.publish()).toBe(false);
    expect(post.act.problem?.detail).toBe('No rehearsal verdict yet.');
  });
});

describe('a cover', () => {
  it('is chosen and left to the house again, and asked about while it is taken', async () => {
    serve();
    const way = [step('saved', 'done'), step('rendered', 'done')];
    const cover = { at_ms: 2_400, state: 'waiting' as const };
    reply['GET /api/v1/studio/posts/p1'] = () => Response.json(aPost({ way }));
    reply['PUT /api/v1/studio/posts/p1/cover'] = (body) =>
      Response.json(aPost({ way, cover: { ...cover, ...(body as object) } }));
    reply['DELETE /api/v1/studio/posts/p1/cover'] = () => Response.json(aPost({ way }));
    const post = new PostOnItsWay('p1');
    await post.load();
    expect(await post.setCover(2_400)).toBe(true);
    expect(post.post?.cover?.at_ms).toBe(2_400);
    expect(pauseOf(post.post as StudioPost)).toBeLessThan(2_000);
    const failed = [step('saved', 'done'), step('rendered', 'failed')];
    expect(pauseOf(aPost({ way: failed, cover }))).toBeGreaterThan(2_000);
    expect(await post.setCover(null)).toBe(true);
    expect(post.post?.cover).toBeNull();
  });

  it('is no hindrance to trying again what failed', async () => {
    serve();
    reply['GET /api/v1/studio/posts/p1'] = () => Response.json(aPost());
    reply['POST /api/v1/studio/posts/p1/retry'] = () => Response.json(aPost({ title: 'Again' }));
    const post = new PostOnItsWay('p1');
    await post.load();
    expect(await post.retry()).toBe(true);
    expect(post.post?.title).toBe('Again');
  });
});
