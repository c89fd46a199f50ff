/** The state of the feed: which clips there are, which one is on, and what must be read first. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { Beacon, FeedItem, FeedKind, OwedNotice } from '~/api/types';
import { SOUND, startsSilent } from '~/player/kept';
import { CaptionChoice } from '~/player/tracks.svelte';
import { markOf } from '~/own/history';
import type { OwnNotices } from '~/own/notices';
import type { Beacons } from '~/watching/beacons';
import { Played } from '~/watching/played';

export type Stage = 'loading' | 'clips' | 'empty' | 'must_see' | 'failed';

/** How long the next clip waits for the word whether a correction is owed. */
export const WAIT_MS = 1_500;

/** After a withdrawal or a replacement the version that was seen is not shown again. */
const REMOVES: ReadonlySet<OwedNotice['severity']> = new Set(['replace', 'withdraw']);

async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the browser remembers by itself, and whether it is to: where the viewer declined the token. */
export interface Own {
  readonly notices: OwnNotices;
  readonly records: boolean;
}

export class Feed {
  kind = $state<FeedKind>('for_you');
  stage = $state<Stage>('loading');
  items = $state<FeedItem[]>([]);
  /** The clip that is on; `items.length` is the end card. */
  index = $state(0);
  /** Owed corrections, gravest first. */
  notices = $state.raw<readonly OwedNotice[]>([]);
  /** This browser owes them to itself; the house knows nothing of it. */
  owedToSelf = $state(false);
  problem = $state.raw<Problem | null>(null);
  muted = $state(true);
  readonly captions = new CaptionChoice();
  /** Stopped by the viewer, or not yet started where clips do not start by themselves. */
  paused = $state(false);
  /** The clip waits for the answer whether a correction is owed. */
  waiting = $state(false);
  /** Where the next page begins; null when there is none. */
  next = $state<string | null>(null);
  loadingMore = $state(false);
  /** A picture of some clip was shown: until then nothing competes with the first one. */
  begun = $state(false);
  /** Counted up when the screen must jump to `index`, since clips were taken out or added anew. */
  jumps = $state(0);

  /** Called before it is told what was played: whoever plays says it by `played`. */
  ontell: () => void = () => undefined;

  /** Clips start by themselves; not under reduced motion or data saving. */
  readonly autoplay: boolean;
  readonly #beacons: Beacons;
  readonly #own: Own | null;
  #owed = false;
  #told = new Set<Beacon['kind']>();
  #playedMs = 0;
  readonly #played = new Played();
  #asked = 0;

  constructor(beacons: Beacons, autoplay: boolean, own: Own | null = null) {
    this.#beacons = beacons;
    this.#own = own;
    this.autoplay = autoplay;
    this.paused = !autoplay;
    this.muted = startsSilent();
    beacons.onowed = () => (this.#owed = true);
    beacons.onfarewell = (gone) => (gone ? this.#leave() : this.#soFar());
  }

  get current(): FeedItem | null {
    return this.items[this.index] ?? null;
  }

  get atEnd(): boolean {
    return this.stage === 'clips' && this.index >= this.items.length;
  }

  get mayPlay(): boolean {
    return this.stage === 'clips' && !this.paused && !this.waiting;
  }

  /** Asks for the first page, or for the page that begins with one post. */
  async open(kind: FeedKind, at?: string): Promise<void> {
    this.kind = kind;
    this.stage = 'loading';
    this.items = [];
    this.index = 0;
    this.next = null;
    if (await this.#showOwn()) return;
    await this.#page({ kind, at });
  }

  /** The viewer comes back from another room: the same place, once nothing is owed. */
  async resume(owed: () => Promise<boolean>): Promise<void> {
    this.jumps += 1;
    if (this.stage !== 'clips') return;
    this.waiting = true;
    if (this.#owed || (await this.#owesSelf()) || (await owed())) await this.#askOwed();
    else this.waiting = false;
  }

  /** Looks again whether this browser owes itself something: when the viewer comes back to it, and
   * from time to time. */
  async recheck(): Promise<void> {
    const free = (): boolean => this.stage === 'clips' || this.stage === 'empty';
    if (free() && (await this.#owesSelf()) && free()) await this.#askOwed();
  }

  /** Asks again for what failed. */
  async retry(): Promise<void> {
    if (this.items.length > 0) await this.#askOwed();
    else await this.open(this.kind);
  }

  /** Adds the next page, because the viewer asked for it on the end card. */
  async more(): Promise<void> {
    if (this.next === null || this.loadingMore) return;
    this.loadingMore = true;
    await this.#page({ kind: this.kind, cursor: this.next });
    this.loadingMore = false;
  }

  /** Another clip is on. It plays once the server has said that no correction is owed. */
  async go(index: number): Promise<void> {
    if (this.stage !== 'clips' || index === this.index) return;
    if (index < 0 || index > this.items.length) return;
    this.#leave();
    this.index = index;
    this.paused = !this.autoplay;
    this.#begin();
    this.waiting = true;
    const asked = this.#asks();
    const owed = this.#owed || (await within(WAIT_MS, asked));
    if (this.index !== index) return;
    if (owed || this.#owed) {
      await this.#askOwed();
      return;
    }
    this.waiting = false;
    // An answer that comes too late for the start stops the clip that has begun.
    if (owed === null) {
      void asked.then((late) => {
        if (late && this.stage === 'clips') void this.#askOwed();
      });
    }
  }

  /** The clip that is on has been played up to here. */
  reached(ms: number): void {
    this.#playedMs = Math.max(this.#playedMs, ms);
    this.#tell('frame');
    if (ms >= 2_000) this.#tell('two_seconds');
  }

  /** What the browser says was played of a version since it was loaded. */
  played(version_id: string, ranges: TimeRanges): void {
    if (version_id === this.current?.card.version_id) this.#played.take(ranges);
  }

  /** The clip that is on began again. It is finished once all of it was played. */
  looped(): void {
    const item = this.current;
    if (!item) return;
    this.reached(item.card.duration_ms);
    this.ontell();
    if (!this.#played.none && !this.#played.covers(item.card.duration_ms)) return;
    if (this.#told.has('finished')) this.#note('loop');
    else this.#tell('finished', { from_ms: 0, to_ms: item.card.duration_ms });
  }

  /** The clip that is on is no longer there, as after a hold or a withdrawal. */
  async gone(): Promise<void> {
    const version = this.current?.card.version_id;
    if (!version) return;
    const owed =
      this.#owed || (this.#own?.records ? await this.#asks() : await this.#beacons.flush());
    if (owed) await this.#askOwed();
    if (this.stage === 'clips') this.#takeOut((each) => each === version);
  }

  /** What was owed has been read; the server says whether more is. */
  async read(more: boolean): Promise<void> {
    // What the house is owed as well comes after what this browser owes itself.
    this.#owed = more || (this.owedToSelf && this.#owed);
    const removed = this.notices.filter((notice) => REMOVES.has(notice.severity));
    this.notices = [];
    if (this.#owed) {
      await this.#askOwed();
      return;
    }
    this.waiting = false;
    const gone = new Set(removed.map((notice) => markOf(notice.version_id)));
    this.#takeOut((version) => gone.has(markOf(version)));
    if (this.items.length === 0) await this.open(this.kind);
    else this.stage = 'clips';
  }

  toggle(): void {
    this.paused = !this.paused;
  }

  toggleSound(): void {
    this.muted = !this.muted;
    localStorage.setItem(SOUND, this.muted ? 'off' : 'on');
  }

  /** Shown at once; put back when the server refuses. */
  async like(item: FeedItem): Promise<void> {
    const liked = !item.mine.liked;
    const before = item.counts.likes;
    item.mine.liked = liked;
    item.counts.likes += liked ? 1 : -1;
    const asked = { params: { path: { id: item.card.post_id } } };
    const path = '/api/v1/posts/{id}/like';
    try {
      const { likes } = await answer(liked ? api.POST(path, asked) : api.DELETE(path, asked));
      item.counts.likes = likes;
    } catch (cause) {
      item.mine.liked = !liked;
      item.counts.likes = before;
      throw cause;
    }
  }

  /** Follows or leaves an author, in every clip of theirs that is here. */
  async follow(item: FeedItem): Promise<void> {
    const following = !item.mine.following;
    const { handle } = item.card.author;
    this.#markFollowed(handle, following);
    const asked = { params: { path: { handle } } };
    const path = '/api/v1/people/{handle}/follow';
    try {
      await answer(following ? api.POST(path, asked) : api.DELETE(path, asked));
    } catch (cause) {
      this.#markFollowed(handle, !following);
      throw cause;
    }
  }

  #markFollowed(handle: string, following: boolean): void {
    for (const item of this.items) {
      if (item.card.author.handle === handle) item.mine.following = following;
    }
  }

  async #page(query: { kind: FeedKind; cursor?: string; at?: string }): Promise<void> {
    const asked = (this.#asked += 1);
    try {
      const page = await answer(api.GET('/api/v1/feed', { params: { query } }));
      if (asked !== this.#asked) return;
      this.problem = null;
      if (page.kind === 'must_see') {
        this.#show(page.notices);
        return;
      }
      const here = new Set(this.items.map((item) => item.card.version_id));
      const fresh = page.items.filter((item) => !here.has(item.card.version_id));
      this.items.push(...fresh);
      this.next = page.next;
      this.stage = this.items.length > 0 ? 'clips' : 'empty';
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      if (asked !== this.#asked) return;
      this.problem = cause;
      if (this.items.length === 0) this.stage = 'failed';
    }
  }

  /** A correction is owed: fetches it. Nothing plays until it is read. */
  async #askOwed(): Promise<void> {
    this.waiting = true;
    if (await this.#showOwn()) return;
    try {
      const query = { kind: this.kind };
      const page = await answer(api.GET('/api/v1/feed', { params: { query } }));
      this.problem = null;
      if (page.kind === 'must_see') {
        this.#show(page.notices);
        return;
      }
      // Read meanwhile, perhaps in another tab.
      this.#owed = false;
      this.waiting = false;
      this.stage = 'clips';
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      this.stage = 'failed';
    }
  }

  /** Whether something stands before the next clip; null where nobody answered. */
  async #asks(): Promise<boolean | null> {
    if (await this.#owesSelf()) return true;
    return this.#own?.records ? false : this.#beacons.ask();
  }

  async #owesSelf(): Promise<boolean> {
    return (await this.#own?.notices.owes()) ?? false;
  }

  /** Shows what this browser owes itself; nothing plays either where its words do not come. */
  async #showOwn(): Promise<boolean> {
    try {
      const owed = (await this.#own?.notices.owed()) ?? [];
      if (owed.length > 0) this.#show(owed, true);
      return owed.length > 0;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      this.stage = 'failed';
      return true;
    }
  }

  #show(notices: readonly OwedNotice[], toSelf = false): void {
    this.#owed ||= !toSelf;
    this.owedToSelf = toSelf;
    this.notices = notices;
    this.stage = 'must_see';
  }

  #takeOut(goes: (version: string) => boolean): void {
    const stay = (item: FeedItem): boolean => !goes(item.card.version_id);
    if (this.items.every(stay)) return;
    const before = this.items.slice(0, this.index);
    this.index = before.filter(stay).length;
    this.items = this.items.filter(stay);
    this.#begin();
    this.jumps += 1;
  }

  #begin(): void {
    this.#told.clear();
    this.#playedMs = 0;
    this.#played.clear();
  }

  /** The viewer goes: what was played is all that was. */
  #leave(): void {
    if (!this.#told.has('frame') || this.#told.has('finished')) return;
    this.ontell();
    const to_ms = Math.round(this.#playedMs);
    this.#note('skipped', { from_ms: 0, to_ms, ...this.#parts() });
  }

  /** The viewer may come back: what was played so far, which need not be all. */
  #soFar(): void {
    if (!this.#told.has('frame') || this.#told.has('finished')) return;
    this.ontell();
    this.#note(this.#told.has('two_seconds') ? 'two_seconds' : 'frame', this.#parts());
  }

  /** Where a browser does not say what was played, nothing is claimed. */
  #parts(): Pick<Beacon, 'played'> {
    return this.#played.none ? {} : { played: this.#played.parts };
  }

  #tell(kind: Beacon['kind'], span?: { from_ms: number; to_ms: number }): void {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    this.#note(kind, span);
  }

  #note(kind: Beacon['kind'], span?: Partial<Beacon>): void {
    const card = this.current?.card;
    if (!card) return;
    const { version_id, correction } = card;
    // What the house is not to know is told to nobody.
    if (this.#own?.records)
      this.#own.notices.history.note(version_id, correction?.at ?? null, { kind, ...span });
    else this.#beacons.note({ version_id, kind, ...span });
  }
}
