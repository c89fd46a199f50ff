import type { PreviousUpload, UploadOptions } from 'tus-js-client';
import { describe, expect, it, vi } from 'vitest';
import type { UnfinishedUpload } from '~/api/types';
import { Upload, refusalOf, type Sender } from './upload.svelte';

const limits = { max_bytes: 500_000_000, max_duration_ms: 180_000 };
const file = (size: number, name = 'ward.mp4'): File =>
  Object.defineProperty(new File([], name), 'size', { value: size });

const answered = (status: number, body: unknown = '', headers: Record<string, string> = {}) => ({
  getStatus: () => status,
  getHeader: (name: string) => headers[name],
  getBody: () => (typeof body === 'string' ? body : JSON.stringify(body)),
});

/** Stands in for what sends, so that a test says what the line does. */
class Line {
  static last: Line;
  static known: PreviousUpload[] = [];
  starts = 0;
  aborted: (boolean | undefined)[] = [];
  resumed: PreviousUpload | null = null;

  constructor(
    readonly file: File,
    readonly options: UploadOptions,
  ) {
    Line.last = this;
  }
  findPreviousUploads = (): Promise<PreviousUpload[]> => Promise.resolve(Line.known);
  resumeFromPreviousUpload(known: PreviousUpload): void {
    this.resumed = known;
  }
  start(): void {
    this.starts += 1;
  }
  abort(terminate?: boolean): Promise<void> {
    this.aborted.push(terminate);
    return Promise.resolve();
  }
  progress(sent: number): void {
    this.options.onProgress?.(sent, this.file.size);
  }
  /** Whether it will be tried again. */
  breaks(status = 0, body: unknown = ''): boolean {
    const error = Line.#error(status, body);
    return this.options.onShouldRetry?.(error, 0, this.options) ?? false;
  }
  fails(status = 0, body: unknown = ''): void {
    this.options.onError?.(Line.#error(status, body));
  }
  ends(postId = 'p'): void {
    const lastResponse = answered(204, '', { 'Wardcast-Post': postId });
    this.options.onSuccess?.({ lastResponse } as never);
  }
  static #error(status: number, body: unknown): never {
    const originalResponse = status ? answered(status, body) : null;
    return Object.assign(new Error('broke'), { originalResponse }) as never;
  }
}

const load = (): Promise<Sender> => Promise.resolve({ Upload: Line } as unknown as Sender);

async function started(
  size = 31_000_000,
  now: () => number = () => 0,
): Promise<{ upload: Upload; sent: Promise<string | null>; line: Line }> {
  const upload = new Upload(() => limits, now, load);
  upload.choose(file(size));
  const sent = upload.send();
  await vi.waitFor(() => expect(Line.last?.file).toBe(upload.file));
  await vi.waitFor(() => expect(Line.last.starts).toBe(1));
  return { upload, sent, line: Line.last };
}

describe('a file', () => {
  it('is refused before a byte is sent when it is too large, too long or empty', () => {
    expect(refusalOf(file(500_000_001), null, limits)).toContain('500 MB');
    expect(refusalOf(file(10), 180_001, limits)).toContain('3 minutes');
    expect(refusalOf(file(0), null, limits)).toContain('empty');
    expect(refusalOf(file(500_000_000), 180_000, limits)).toBeNull();
  });

  it('without a length that the browser can read is left to the server', () => {
    const upload = new Upload(() => limits);
    upload.choose(file(10));
    upload.learnDuration(Infinity);
    expect(upload.refusal).toBeNull();
    expect(upload.phase).toBe('chosen');
  });

  it('that proves too long is given up on its way, on the server too', async () => {
    const { upload, line } = await started(1000);
    upload.learnDuration(200);
    expect(line.aborted).toEqual([true]);
    expect(upload.refusal).toContain('3:20');
  });
});

describe('an upload', () => {
  it('tells how far it is and how long the rest takes', async () => {
    let now = 0;
    const { upload, line } = await started(31_000_000, () => now);
    expect(line.options.endpoint).toMatch(/\/api\/v1\/tus\/$/);
    line.progress(0);
    now = 2_000;
    line.progress(2_000_000);
    expect(upload.fraction).toBeCloseTo(2 / 31);
    expect(upload.left_s).toBeCloseTo(29);
    expect(upload.going).toBe(true);
  });

  it('is saved only when the server says so', async () => {
    const { upload, sent, line } = await started(1000);
    line.progress(1000);
    expect(upload.phase).toBe('saving');
    line.ends('p');
    expect(await sent).toBe('p');
    expect(upload.phase).toBe('saved');
  });

  it('goes on by itself after a break, and measures its speed anew', async () => {
    let now = 0;
    const { upload, line } = await started(1000, () => now);
    line.progress(0);
    now = 2_000;
    line.progress(100);
    expect(line.breaks()).toBe(true);
    expect(upload.phase).toBe('waiting');
    expect(upload.left_s).toBeNull();
    expect(line.breaks(503)).toBe(true);
    expect(line.breaks(409, { code: 'wrong_offset', detail: 'It stands at 400.' })).toBe(true);
    line.progress(400);
    expect(upload.phase).toBe('sending');
    expect(upload.sent).toBe(400);
  });

  it('that was tried long enough is paused with all that has arrived', async () => {
    const { upload, sent, line } = await started(1000);
    line.progress(400);
    line.fails();
    expect(await sent).toBeNull();
    expect([upload.phase, upload.sent]).toEqual(['paused', 400]);
    expect(upload.problem?.code).toBe('offline');
    const again = upload.send();
    expect(line.starts).toBe(2);
    expect(upload.problem).toBeNull();
    line.ends();
    expect(await again).toBe('p');
  });

  it('is paused and goes on where it was', async () => {
    const { upload, sent, line } = await started(1000);
    line.progress(400);
    upload.pause();
    expect(await sent).toBeNull();
    expect(line.aborted).toEqual([undefined]);
    line.progress(410); // on its way already when it was paused
    expect([upload.phase, upload.sent]).toEqual(['paused', 400]);
    void upload.send();
    expect(line.starts).toBe(2);
  });

  it('that this browser began before goes on after a reload', async () => {
    const known = { uploadUrl: '/api/v1/tus/1' } as PreviousUpload;
    Line.known = [known];
    const { line } = await started(1000);
    Line.known = [];
    expect(line.resumed).toBe(known);
  });

  it('that was begun elsewhere goes on from there', async () => {
    const upload = new Upload(() => limits, undefined, load);
    upload.choose(file(1000));
    void upload.send({ id: '7' } as UnfinishedUpload);
    await vi.waitFor(() => expect(Line.last.file).toBe(upload.file));
    expect(Line.last.options.uploadUrl).toMatch(/\/api\/v1\/tus\/7$/);
  });

  it('keeps the file and says why when the server refuses', async () => {
    const { upload, sent, line } = await started(1000);
    const body = { code: 'duplicate_upload', detail: 'You have it.', post_id: '7' };
    expect(line.breaks(422, body)).toBe(false);
    line.fails(422, body);
    expect(await sent).toBeNull();
    expect(upload.phase).toBe('failed');
    expect(upload.problem?.extra.post_id).toBe('7');
    expect(upload.file?.name).toBe('ward.mp4');
  });

  it('can be given up and stays chosen', async () => {
    const { upload, sent, line } = await started(1000);
    await upload.cancel();
    expect(await sent).toBeNull();
    expect(line.aborted).toEqual([true]);
    expect(upload.phase).toBe('chosen');
    expect(upload.problem).toBeNull();
  });

  it('that was given up before it began is not begun', async () => {
    const upload = new Upload(() => limits, undefined, load);
    upload.choose(file(1000));
    const before = Line.last;
    const sent = upload.send();
    upload.leave();
    expect(await sent).toBeNull();
    expect(Line.last === before || Line.last.starts === 0).toBe(true);
  });
});
