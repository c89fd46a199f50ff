/** A correction as it is written: its gravity, its words, and what is still missing. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { NewNotice, NoticeDraft, OwedNotice, Person, Severity } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';
import { readTime, showTime } from '~/shared/clock';
import { say } from './composing.messages';
import type { Part } from './part';

/** What is corrected. */
export interface Target {
  readonly post_id: string;
  readonly version_id: string;
  readonly number: number | null;
  readonly title: string;
  readonly author: Person;
  readonly duration_ms: number;
}

export type Field = 'right' | 'wrong' | 'apology' | 'span' | 'question';

export interface Words {
  right: string;
  wrong: string;
  now: string;
  apology: string;
  from: string;
  to: string;
}

export const HEADLINE_CHARS = 200;
export const TEXT_CHARS = 1000;

export class Composer {
  target = $state.raw<Target | null>(null);
  problem = $state.raw<Problem | null>(null);
  severity = $state<Severity>('correct');
  privacy = $state(false);
  /** An earlier notice that was wrong itself, by its id. */
  corrects = $state<string | null>(null);
  /** Only a part of the clip was wrong. */
  partial = $state(false);
  words = $state<Words>({ right: '', wrong: '', now: '', apology: '', from: '', to: '' });
  /** Some who read it are asked later, in the author's words. */
  asking = $state(false);
  question = $state({ right: '', wrong: '', wrongToo: '' });
  /** How many people watched the version; null when the server does not say. */
  exposed = $state<number | null>(null);
  /** The earlier versions that a correction may be about. */
  versions = $state.raw<readonly { id: string; number: number; state: string }[]>([]);
  /** Missing fields are said only once somebody tried to send. */
  tried = $state(false);
  sent = $state<string | null>(null);
  /** What the house has drafted, this one first: somebody's consent is over. */
  drafts = $state.raw<readonly NoticeDraft[]>([]);
  readonly act = new Attempt();

  /** Finds what is drafted about a post, else what is public of it. */
  async load(post_id: string): Promise<void> {
    const path = { params: { path: { id: post_id } } };
    this.sent = null;
    this.drafts =
      (await known(answer(api.GET('/api/v1/posts/{id}/notice-drafts', path))))?.items ?? [];
    const [draft] = this.drafts;
    if (draft) {
      this.#take(draft, post_id);
      await this.count();
      return;
    }
    try {
      const { card } = await answer(api.GET('/api/v1/posts/{id}', path));
      const { version_id, number, title, author, duration_ms } = card;
      this.target = { post_id, version_id, number, title, author, duration_ms };
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      return;
    }
    await Promise.all([this.count(), this.#others()]);
  }

  /** The version that the notice is about. */
  async about(version_id: string): Promise<void> {
    const version = this.versions.find(({ id }) => id === version_id);
    if (!this.target || !version) return;
    this.target = { ...this.target, version_id, number: version.number };
    await this.count();
  }

  /** The part that was wrong, as it was drawn. */
  choose(part: Part): void {
    this.words.from = showTime(part.start_ms);
    this.words.to = showTime(part.end_ms);
  }

  get owed(): boolean {
    return this.severity !== 'note';
  }

  /** Of a note, a withdrawal or somebody's privacy nobody is asked anything. */
  get mayAsk(): boolean {
    return !this.privacy && (this.severity === 'correct' || this.severity === 'replace');
  }

  get asked(): NewNotice['question'] {
    if (!this.mayAsk || !this.asking) return null;
    const { right, wrong, wrongToo } = this.question;
    return {
      right: right.trim(),
      wrong: [wrong, wrongToo].map((each) => each.trim()).filter(Boolean),
    };
  }

  get span(): Part | null {
    if (!this.partial) return null;
    const start_ms = readTime(this.words.from);
    const end_ms = readTime(this.words.to);
    return start_ms === null || end_ms === null ? null : { start_ms, end_ms };
  }

  /** What is missing or wrong, by field; the server asks the same. */
  get faults(): Partial<Record<Field, string>> {
    const { right, wrong, apology } = this.words;
    const faults: Partial<Record<Field, string>> = {};
    if (!right.trim()) faults.right = say.need.right;
    if (this.owed && !wrong.trim()) faults.wrong = say.need.wrong;
    if (this.owed && !apology.trim()) faults.apology = say.need.apology;
    if (this.asked && !(this.asked.right && this.asked.wrong.length)) {
      faults.question = say.needQuestion;
    }
    if (this.partial) {
      if (!this.span) faults.span = say.badTime;
      else if (this.span.end_ms <= this.span.start_ms) faults.span = say.spanEnds;
    }
    return faults;
  }

  /** Whether it may be sent; from now on what is missing is said. */
  check(): boolean {
    this.tried = true;
    return Object.keys(this.faults).length === 0;
  }

  /** The card as somebody will see it who watched the clip today; `by` signs the apology. */
  card(now: Date, by: Person | null = null): OwedNotice | null {
    if (!this.target) return null;
    const { post_id, version_id, title, author } = this.target;
    return {
      id: 'preview',
      severity: this.severity,
      watched_at: now.toISOString(),
      post_id,
      version_id,
      title,
      author,
      by: by ?? author,
      what_right: this.words.right.trim() || say.previewRight,
      what_wrong: this.privacy ? '' : this.words.wrong.trim(),
      what_now: this.words.now.trim(),
      apology: this.words.apology.trim(),
      at: now.toISOString(),
      span: this.span,
      changed: null,
      coverage: { exposed: this.exposed ?? 0, shown: 0, acknowledged: 0 },
      poster: null,
      proof_url: `/posts/${post_id}`,
      privacy: this.privacy,
    };
  }

  /** Opens the notice; it cannot be taken back. */
  async send(): Promise<boolean> {
    const target = this.target;
    if (!target || !this.check()) return false;
    const made = await this.act.run(() =>
      answer(
        api.POST('/api/v1/versions/{id}/notices', {
          params: { path: { id: target.version_id } },
          body: {
            severity: this.severity,
            what_right: this.words.right.trim(),
            what_wrong: this.words.wrong.trim(),
            what_now: this.words.now.trim(),
            apology: this.words.apology.trim(),
            span: this.span,
            privacy: this.privacy,
            corrects: this.corrects,
            question: this.asked,
          },
        }),
      ),
    );
    this.sent = made?.notice_id ?? null;
    return made !== undefined;
  }

  #take(draft: NoticeDraft, post_id: string): void {
    const { version_id, number, title, author, duration_ms } = draft;
    this.target = { post_id, version_id, number, title, author, duration_ms };
    this.problem = null;
    this.severity = draft.severity;
    this.privacy = draft.privacy;
    this.words = {
      right: draft.what_right,
      wrong: draft.what_wrong,
      now: draft.what_now,
      apology: draft.apology,
      from: '',
      to: '',
    };
  }

  /** Asks how many would get it: of a part, all but those who are known to have skipped it. */
  async count(): Promise<void> {
    const id = this.target?.version_id;
    if (!id) return;
    const params = { path: { id }, query: this.span ?? {} };
    this.exposed = await known(
      answer(api.GET('/api/v1/versions/{id}/exposed', { params })).then(({ exposed }) => exposed),
    );
  }

  async #others(): Promise<void> {
    const id = this.target?.version_id;
    if (!id) return;
    const report = answer(api.GET('/api/v1/versions/{id}/report', { params: { path: { id } } }));
    this.versions = (await known(report.then(({ versions }) => versions))) ?? [];
  }
}

/** What the server says, or null when it does not: the composer works without. */
async function known<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    return null;
  }
}
