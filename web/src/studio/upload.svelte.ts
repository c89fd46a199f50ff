/**
 * One file on its way to the server: how far, how fast, and what went wrong. What has arrived stays
 * there: after a break, a pause or a reload the file goes on from where it was.
 */
import type { DetailedError, Upload as TusUpload, UploadOptions } from 'tus-js-client';
import { csrfToken } from '~/api/client';
import { Problem, problemFrom } from '~/api/problem';
import type { Me, UnfinishedUpload } from '~/api/types';
import { say } from './messages';

/** `waiting`: the connection is gone and it tries again by itself. */
export type Phase =
  'empty' | 'chosen' | 'sending' | 'waiting' | 'paused' | 'saving' | 'saved' | 'failed';

export const UPLOADS = '/api/v1/tus/';

/** How it is sent; loaded when the first file is. */
export interface Sender {
  Upload: new (file: File, options: UploadOptions) => TusUpload;
}

/** Milliseconds before each try after a break; the count begins anew whenever bytes arrive. */
const TRIES = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 60_000];

type Limits = Pick<Me['limits'], 'max_bytes' | 'max_duration_ms'>;

/** Speed is measured over so long: long enough to be calm, short enough to notice a slower line. */
const SPEED_OVER_MS = 6_000;

/** Why this file cannot be taken, in a sentence; null when it may be sent. */
export function refusalOf(
  file: Pick<File, 'name' | 'size'>,
  duration_ms: number | null,
  limits: Limits,
): string | null {
  if (file.size === 0) return say.refusal.empty(file.name);
  if (file.size > limits.max_bytes) {
    return say.refusal.tooLarge(file.name, file.size, limits.max_bytes);
  }
  if (duration_ms !== null && duration_ms > limits.max_duration_ms) {
    return say.refusal.tooLong(file.name, duration_ms, limits.max_duration_ms);
  }
  return null;
}

export class Upload {
  file = $state.raw<File | null>(null);
  phase = $state<Phase>('empty');
  sent = $state(0);
  /** Milliseconds as the browser read them; null when it cannot. */
  duration_ms = $state<number | null>(null);
  /** Seconds to go at the present speed; null until it is known. */
  left_s = $state<number | null>(null);
  refusal = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The draft post that it became. */
  postId = $state<string | null>(null);

  readonly #limits: () => Limits;
  readonly #now: () => number;
  readonly #load: () => Promise<Sender>;
  #going: TusUpload | null = null;
  #turn = 0;
  #settle: (postId: string | null) => void = () => undefined;
  #samples: { at: number; sent: number }[] = [];

  constructor(
    limits: () => Limits,
    now: () => number = () => performance.now(),
    load: () => Promise<Sender> = () => import('tus-js-client'),
  ) {
    this.#limits = limits;
    this.#now = now;
    this.#load = load;
  }

  get fraction(): number {
    return this.file && this.file.size > 0 ? this.sent / this.file.size : 0;
  }

  /** It is on its way, or will be by itself. */
  get going(): boolean {
    return this.phase === 'sending' || this.phase === 'waiting' || this.phase === 'saving';
  }

  /** Takes a file, or says why not; one that is going is given up first. */
  choose(file: File): void {
    void this.cancel();
    this.file = file;
    this.duration_ms = null;
    this.problem = null;
    this.sent = 0;
    this.refusal = refusalOf(file, null, this.#limits());
    this.phase = this.refusal ? 'empty' : 'chosen';
  }

  /** The browser has read how long the clip is; a clip that is too long is refused at once. */
  learnDuration(seconds: number): void {
    if (!this.file || !Number.isFinite(seconds)) return;
    this.duration_ms = Math.round(seconds * 1000);
    this.refusal = refusalOf(this.file, this.duration_ms, this.#limits());
    if (this.refusal && this.phase !== 'saved') {
      void this.cancel();
      this.phase = 'empty';
    }
  }

  /**
   * Sends the file, or goes on with it; answers with the id of its draft once the server has saved
   * it, with null when it was paused, given up or refused. `from` is an upload that was begun
   * elsewhere; one that this browser began is found by itself.
   */
  async send(from?: UnfinishedUpload): Promise<string | null> {
    const file = this.file;
    if (!file || this.refusal || this.going) return null;
    this.#begin();
    const ended = new Promise<string | null>((resolve) => (this.#settle = resolve));
    if (this.#going) {
      this.#going.start();
      return ended;
    }
    const turn = (this.#turn += 1);
    const { Upload: Tus } = await this.#load();
    const going = new Tus(file, this.#options(file, from));
    if (!from) {
      const [known] = await going.findPreviousUploads();
      if (known) going.resumeFromPreviousUpload(known);
    }
    // It may have been paused or given up while its sender was being loaded.
    if (this.#turn !== turn || !this.going) return null;
    this.#going = going;
    going.start();
    return ended;
  }

  /** Stops for now; what has arrived stays. */
  pause(): void {
    if (this.phase !== 'sending' && this.phase !== 'waiting') return;
    void this.#going?.abort();
    this.#stop('paused');
  }

  /** Stops because nobody looks any more; what has arrived stays. */
  leave(): void {
    void this.#going?.abort();
    this.#going = null;
    if (this.going || this.phase === 'paused') this.#stop('chosen');
  }

  /** Gives the upload up, on the server too; the file stays chosen, so that one press sends it. */
  async cancel(): Promise<void> {
    const going = this.#going;
    this.#going = null;
    if (this.going || this.phase === 'paused') this.#stop('chosen');
    // Where the server cannot be reached, it lets the upload expire.
    await going?.abort(true).catch(() => undefined);
  }

  #begin(): void {
    this.phase = 'sending';
    this.left_s = null;
    this.problem = null;
    this.#samples = [];
  }

  #stop(phase: Phase): void {
    this.#turn += 1;
    this.phase = phase;
    this.left_s = null;
    this.#settle(null);
  }

  #options(file: File, from?: UnfinishedUpload): UploadOptions {
    const endpoint = new URL(UPLOADS, location.origin).href;
    return {
      endpoint,
      uploadUrl: from ? `${endpoint}${from.id}` : null,
      metadata: { filename: file.name, filetype: file.type },
      retryDelays: TRIES,
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => request.setHeader('X-CSRFToken', csrfToken()),
      onShouldRetry: (error) => this.#mayRetry(error as DetailedError),
      onProgress: (sent) => this.#progress(sent),
      onError: (error) => this.#failed(error as DetailedError),
      onSuccess: ({ lastResponse }) => this.#saved(lastResponse.getHeader('Wardcast-Post')),
    };
  }

  /** No answer, a server that stumbles, or bytes that went past each other: these mend themselves. */
  #mayRetry(error: DetailedError): boolean {
    const problem = problemOf(error);
    const mends = problem.status === 0 || problem.status >= 500 || problem.code === 'wrong_offset';
    if (mends && this.going) {
      this.phase = 'waiting';
      this.left_s = null;
      this.#samples = [];
    }
    return mends;
  }

  /** Notes how many bytes have left, and from the last seconds how long the rest will take. */
  #progress(loaded: number): void {
    if (!this.going) return;
    const size = this.file?.size ?? 0;
    this.sent = Math.min(loaded, size);
    this.phase = this.sent === size ? 'saving' : 'sending';
    const now = this.#now();
    this.#samples = [
      ...this.#samples.filter(({ at }, i, all) => i === all.length - 1 || now - at < SPEED_OVER_MS),
      { at: now, sent: this.sent },
    ];
    const first = this.#samples[0];
    if (!first || now - first.at < 1_000) return;
    const perSecond = ((this.sent - first.sent) / (now - first.at)) * 1000;
    this.left_s = perSecond > 0 ? (size - this.sent) / perSecond : null;
  }

  #saved(postId: string | undefined): void {
    this.#going = null;
    this.phase = 'saved';
    this.sent = this.file?.size ?? 0;
    this.postId = postId ?? null;
    this.#settle(this.postId);
  }

  #failed(error: DetailedError): void {
    this.problem = problemOf(error);
    if (this.problem.status === 0) {
      this.#stop('paused'); // it has tried long enough: the person says when to go on
      return;
    }
    this.#going = null;
    this.#stop('failed');
  }
}

function problemOf(error: DetailedError): Problem {
  const response = error.originalResponse;
  const status = response?.getStatus() ?? 0;
  if (!response || status === 0) return new Problem('offline', say.lostConnection, 0);
  return problemFrom(status, readJson(response.getBody()), say.uploadRefused);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
