/** The check's report of one version: what is chosen, what is planned, what is settled. */
import { SvelteMap } from 'svelte/reactivity';
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { components } from '~/api/schema';
import type {
  CheckReport,
  ConsentToShow,
  Finding,
  NewConsentToShow,
  StudioPost,
} from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';
import { capital } from '~/shared/words';
import { say } from './messages';
import type { Lane, LaneSpan, Tone } from '~/timeline/timeline.svelte';

/** What is done to the words, the sound or the picture, with the next version. */
export type Redaction = 'bleep' | 'mute' | 'cut' | 'replace' | 'blur' | 'region';
type Choice = components['schemas']['ChoiceIn'];
/** A decision that can be taken back: what was planned before it, or that it was saved. */
interface Step {
  readonly id: string;
  readonly how?: Redaction | undefined;
  readonly words?: string | undefined;
  readonly marked?: boolean;
}
/** What the author says about a finding instead. */
export type Mark = 'mine' | 'staged' | 'not_a_patient' | 'consent' | 'accepted';

/** The gentlest first, which is what is planned where nothing was chosen. */
const REDACTIONS: readonly Redaction[] = ['bleep', 'mute', 'replace', 'blur', 'region', 'cut'];
const MARKS: readonly Mark[] = ['mine', 'staged', 'not_a_patient', 'consent', 'accepted'];

const TEXTS = /^(?:title|caption|script|captions(?:\..+)?)$/;

/** What may be done to this finding: sound where it has a time, words where it has none, the picture
 *  where it is seen, and the whole moment where there is one. */
export function redactionsOf(finding: Finding): Redaction[] {
  const { actions, time, track } = finding;
  const may: Record<Redaction, boolean> = {
    bleep: actions.includes('bleep') && time !== null,
    mute: actions.includes('mute') && time !== null,
    cut:
      (actions.includes('bleep') && time !== null) || (actions.includes('blur') && track !== null),
    replace: hasWords(finding) && time === null,
    blur: actions.includes('blur') && track !== null,
    region: actions.includes('blur') && track !== null && moves(track),
  };
  return REDACTIONS.filter((how) => may[how]);
}

/** Whether its words can be written anew, those of a caption too. */
export function hasWords({ actions, channel, span }: Finding): boolean {
  return actions.includes('replace') && span !== null && TEXTS.test(channel);
}

function moves({ spots }: NonNullable<Finding['track']>): boolean {
  const [first] = spots;
  return spots.some(
    (spot) =>
      spot.left !== first?.left ||
      spot.top !== first.top ||
      spot.right !== first.right ||
      spot.bottom !== first.bottom,
  );
}

/** The words that are proposed in place of those found; empty where they are to be left out. */
export function proposed({ suggestion }: Finding): string {
  return suggestion === '(leave it out)' ? '' : suggestion;
}

/** What the author may say about it; keeping it is for findings that ask, not for those that block. */
export function marksOf(finding: Finding): Mark[] {
  if (finding.severity === 'info') return [];
  return MARKS.filter((mark) =>
    mark === 'accepted' ? finding.severity === 'ask' : finding.actions.includes(mark),
  );
}

/** Whether a reason must be written with a mark. */
export function needsNote(finding: Finding, mark: Mark): boolean {
  if (mark === 'staged') return true;
  if (mark === 'consent') return false;
  const ownThing = mark === 'mine' && ['face', 'form'].includes(finding.kind);
  return finding.severity === 'block' && !ownThing;
}

/** Whether a consent is in force and answers findings of this kind. */
export function coversKind({ state, kinds }: ConsentToShow, kind: string): boolean {
  return state === 'in_force' && (kinds.length === 0 || kinds.some((one) => one.kind === kind));
}

function toneOf(finding: Finding): Tone {
  return finding.mark ? 'settled' : finding.severity;
}

/** Whether a version's report is there to be asked for: only the working one is still examined. */
export function isExamined(post: StudioPost, version: string): boolean {
  return post.working?.id !== version || post.working.examined;
}

/** The report as lanes for the timeline, a channel each; findings without a time share the lane. */
export function lanesOf(report: CheckReport, planned?: ReadonlyMap<string, Redaction>): Lane[] {
  return report.channels.map((channel) => ({
    id: channel.name,
    label: capital(channel.label),
    state:
      channel.state === 'absent'
        ? 'absent'
        : channel.state === 'checked'
          ? 'checked'
          : 'not_checked',
    // The gravest last: it is drawn over the others.
    spans: report.findings
      .filter((finding) => finding.channel === channel.name)
      .sort((a, b) => weight(b) - weight(a))
      .map((finding): LaneSpan => {
        const whole = finding.time === null;
        return {
          id: finding.id,
          start_ms: finding.time?.start_ms ?? 0,
          end_ms: finding.time?.end_ms ?? report.duration_ms,
          tone: toneOf(finding),
          label: finding.label,
          whole,
          planned: planned?.has(finding.id) ?? false,
        };
      }),
  }));
}

/** What needs the author first, then what is settled, then what is only told. */
function weight({ mark, severity }: Finding): number {
  if (severity === 'info') return 3;
  return mark ? 2 : severity === 'block' ? 0 : 1;
}

export class Report {
  report = $state.raw<CheckReport | null>(null);
  problem = $state.raw<Problem | null>(null);
  selected = $state<string | null>(null);
  /** What the next version will cover, by finding. */
  readonly planned = new SvelteMap<string, Redaction>();
  /** The author's own words for what is planned to be replaced, by finding. */
  readonly words = new SvelteMap<string, string>();
  /** The finding whose words are being written anew. */
  editing = $state<string | null>(null);
  /** What was just decided and what is left, for ears. */
  said = $state('');
  /** Counts what was settled, so that the page can bring the focus to what comes next. */
  settled = $state(0);
  /** The finding for which a reason is being written, and what it is for. */
  asking = $state<{ id: string; mark: Mark } | null>(null);
  readonly act = new Attempt();
  readonly #done: Step[] = [];

  /** What needs the author first and gravest first, then as they come in the clip. */
  readonly findings = $derived(
    [...(this.report?.findings ?? [])].sort(
      (a, b) =>
        weight(a) - weight(b) || (a.time?.start_ms ?? Infinity) - (b.time?.start_ms ?? Infinity),
    ),
  );
  /** Those that still need the author. */
  readonly open = $derived(
    this.findings.filter(({ mark, severity }) => !mark && severity !== 'info'),
  );
  readonly blocking = $derived(this.open.filter(({ severity }) => severity === 'block'));
  readonly asks = $derived(this.open.filter(({ severity }) => severity === 'ask'));
  readonly notChecked = $derived(
    this.report?.channels.filter(({ state }) => state === 'not_checked') ?? [],
  );
  readonly chosen = $derived(this.findings.find(({ id }) => id === this.selected) ?? null);

  /** The sound for what comes along without a choice of its own. */
  get sound(): 'bleep' | 'mute' {
    const hows = [...this.planned.values()];
    return hows.includes('mute') && !hows.includes('bleep') ? 'mute' : 'bleep';
  }

  /** Asks for a version's report; a failure leaves the one on the screen. */
  async load(version: string): Promise<void> {
    try {
      this.#take(
        await answer(
          api.GET('/api/v1/versions/{id}/report', { params: { path: { id: version } } }),
        ),
      );
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  select(id: string | null): void {
    this.selected = id;
  }

  /** The next (`1`) or previous (`-1`) finding of the list. */
  step(by: 1 | -1): Finding | null {
    const at = this.findings.findIndex(({ id }) => id === this.selected);
    const to = at < 0 ? (by > 0 ? 0 : this.findings.length - 1) : at + by;
    const next = this.findings[Math.min(Math.max(to, 0), this.findings.length - 1)] ?? null;
    this.selected = next?.id ?? null;
    return next;
  }

  /** The first (`1`) or the last (`-1`) finding of the list. */
  end(by: 1 | -1): Finding | null {
    const to = this.findings.at(by > 0 ? 0 : -1) ?? null;
    this.selected = to?.id ?? null;
    return to;
  }

  /** Plans a redaction, or takes the same one back. */
  plan(finding: Finding, how: Redaction): void {
    if (finding.mark || !redactionsOf(finding).includes(how)) return;
    this.#remember(finding);
    this.words.delete(finding.id);
    if (this.planned.get(finding.id) === how) this.planned.delete(finding.id);
    else this.planned.set(finding.id, how);
    this.#tellPlan(finding);
  }

  /** Plans other words in the place of those found; the sound of that moment is silenced. */
  reword(finding: Finding, words: string): void {
    this.editing = null;
    if (finding.mark || !hasWords(finding)) return;
    this.#remember(finding);
    this.planned.set(finding.id, 'replace');
    this.words.set(finding.id, words.trim());
    this.#tellPlan(finding);
  }

  /** Takes the last decision back, a planned one or one that was saved; whether there was one. */
  async undo(): Promise<boolean> {
    const step = this.#done.pop();
    const finding = this.findings.find(({ id }) => id === step?.id);
    if (!step || !finding) return false;
    if (step.marked) return this.unmark(finding);
    if (step.how) this.planned.set(step.id, step.how);
    else this.planned.delete(step.id);
    if (step.words === undefined) this.words.delete(step.id);
    else this.words.set(step.id, step.words);
    this.selected = step.id;
    this.#tellPlan(finding);
    return true;
  }

  /** Takes back what was said about a finding; whether the server did. */
  async unmark(finding: Finding): Promise<boolean> {
    if (!finding.mark || finding.mark.action === 'redacted') return false;
    const done = await this.#do(({ params }) =>
      answer(
        api.DELETE('/api/v1/versions/{id}/marks/{finding_id}', {
          params: { path: { ...params.path, finding_id: finding.id } },
        }),
      ),
    );
    if (!done) return false;
    this.selected = finding.id;
    this.settled += 1;
    this.#tell(say.told.unmarked(finding.label));
    return true;
  }

  #remember(finding: Finding): void {
    const { id } = finding;
    this.#done.push({ id, how: this.planned.get(id), words: this.words.get(id) });
  }

  #tellPlan(finding: Finding): void {
    const how = this.planned.get(finding.id);
    this.#tell(
      how ? say.told.planned(finding.label, say.planned[how]) : say.told.unplanned(finding.label),
    );
  }

  /** Says it, and what is left. The same words twice must differ to be heard twice. */
  #tell(what: string): void {
    const left = this.open.filter(({ id }) => !this.planned.has(id)).length;
    const sentence = `${what} ${say.told.left(left)}`;
    this.said = this.said === sentence ? `${sentence}\u00a0` : sentence;
  }

  /** Begins to write why a finding needs no redaction. */
  ask(finding: Finding, mark: Mark): void {
    if (!finding.mark && marksOf(finding).includes(mark)) this.asking = { id: finding.id, mark };
  }

  /** Those who consented to be shown in the post, whether their consent still holds or not. */
  get consents(): readonly ConsentToShow[] {
    return this.report?.consents ?? [];
  }

  /** Attests that somebody consented to be shown; its id, or null when it did not work. */
  async consent(body: NewConsentToShow): Promise<string | null> {
    const report = this.report;
    if (!report) return null;
    const found = await this.act.run(() =>
      answer(
        api.POST('/api/v1/studio/posts/{id}/consents', {
          params: { path: { id: report.version.post_id } },
          body,
        }),
      ),
    );
    if (!found) return null;
    this.report = { ...report, consents: found.items };
    return found.items.at(-1)?.id ?? null;
  }

  /** Takes a consent back; what it answered is open again. */
  withdraw(consent: string): Promise<boolean> {
    return this.#do(async (path) => {
      await answer(
        api.POST('/api/v1/consents/{id}/withdraw', { params: { path: { id: consent } } }),
      );
      return answer(api.GET('/api/v1/versions/{id}/report', path));
    });
  }

  /** Says about a finding what is being asked; whether the server took it. */
  async mark(note: string, consent_id: string | null = null): Promise<boolean> {
    const asking = this.asking;
    if (!asking) return false;
    const done = await this.#do((path) =>
      answer(
        api.POST('/api/v1/versions/{id}/marks', {
          ...path,
          body: { finding_id: asking.id, action: asking.mark, note, consent_id },
        }),
      ),
    );
    if (done) this.#settle(asking.id, asking.mark);
    return done;
  }

  /** Has a version read anew whose words were destroyed. */
  async readAgain(): Promise<boolean> {
    const id = this.report?.version.id;
    if (!id) return false;
    const path = { params: { path: { id } } };
    const begun = await this.act.run(() =>
      answer(api.POST('/api/v1/versions/{id}/read-again', path)),
    );
    return begun !== undefined;
  }

  /** Makes a new version without what is planned; its id, or null when it did not work. */
  async redact(): Promise<string | null> {
    const version = this.report?.version.id;
    if (!version || this.planned.size === 0) return null;
    const made = await this.act.run(() =>
      answer(
        api.POST('/api/v1/versions/{id}/redact', {
          params: { path: { id: version } },
          body: {
            finding_ids: [...this.planned.keys()],
            how: this.sound,
            choices: this.#choices(),
          },
        }),
      ),
    );
    if (!made) return null;
    this.planned.clear();
    return made.version_id;
  }

  /** The author has looked at what was not checked, and asks a second clinician, or the host. */
  attest(ask: string | null): Promise<boolean> {
    return this.#do((path) =>
      answer(api.POST('/api/v1/versions/{id}/attest', { ...path, body: { statement: true, ask } })),
    );
  }

  /** What becomes of each finding; what is seen is covered where it goes without being chosen so. */
  #choices(): Choice[] {
    return [...this.planned].flatMap(([finding_id, how]) =>
      how === 'blur' ? [] : [{ finding_id, how, words: this.words.get(finding_id) ?? null }],
    );
  }

  /** Goes on to the next finding that needs the author, so that nobody has to look for it. */
  #settle(id: string, mark: Mark): void {
    const finding = this.findings.find((one) => one.id === id);
    this.planned.delete(id);
    this.words.delete(id);
    this.asking = null;
    this.#done.push({ id, marked: true });
    this.selected = this.open.find((one) => !this.planned.has(one.id))?.id ?? id;
    this.settled += 1;
    this.#tell(say.told.marked(finding?.label ?? '', say.marked[mark] ?? mark));
  }

  async #do(
    work: (path: { params: { path: { id: string } } }) => Promise<CheckReport>,
  ): Promise<boolean> {
    const id = this.report?.version.id;
    if (!id) return false;
    const done = await this.act.run(async () => {
      this.#take(await work({ params: { path: { id } } }));
      return true;
    });
    return done ?? false;
  }

  #take(report: CheckReport): void {
    const fresh = this.report?.version.id !== report.version.id;
    this.report = report;
    if (!fresh) return;
    this.planned.clear();
    this.words.clear();
    this.#done.length = 0;
    this.asking = null;
    this.editing = null;
    // What identifies a patient is planned from the start: the safe way takes no press.
    if (report.version.state === 'superseded') return;
    for (const finding of this.blocking) {
      const [how] = redactionsOf(finding);
      if (how) this.planned.set(finding.id, how);
    }
    this.selected = this.open[0]?.id ?? null;
  }
}
