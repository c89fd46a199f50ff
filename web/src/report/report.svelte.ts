/** The check's report of one version: what is chosen, what is planned, what is settled. */
import { SvelteMap } from 'svelte/reactivity';
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { CheckReport, Finding, StudioPost } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';
import { capital } from '~/shared/words';
import type { Lane, LaneSpan, Tone } from '~/timeline/timeline.svelte';

/** What is done to the words, the sound or the picture, with the next version. */
export type Redaction = 'bleep' | 'mute' | 'replace' | 'blur';
/** What the author says about a finding instead. */
export type Mark = 'mine' | 'staged' | 'not_a_patient' | 'consent' | 'accepted';

const SOUND: readonly string[] = ['bleep', 'mute'];
const MARKS: readonly Mark[] = ['mine', 'staged', 'not_a_patient', 'consent', 'accepted'];

/** What may be done to this finding: sound where it has a time, words where it has none, the picture
 *  where it is seen. */
export function redactionsOf(finding: Finding): Redaction[] {
  const offered: Redaction[] = ['bleep', 'mute', 'replace', 'blur'];
  const textual = /^(?:title|caption|script|captions(?:\..+)?)$/.test(finding.channel);
  return offered.filter((how) => {
    if (!finding.actions.includes(how)) return false;
    if (how === 'blur') return finding.track !== null;
    if (how === 'replace') return textual && finding.time === null && finding.span !== null;
    return finding.time !== null;
  });
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
  return mark === 'staged' || finding.severity === 'block';
}

function toneOf(finding: Finding): Tone {
  return finding.mark ? 'settled' : finding.severity;
}

/** Whether a version's report is there to be asked for: only the working one is still examined. */
export function isExamined(post: StudioPost, version: string): boolean {
  return post.working?.id !== version || post.working.examined;
}

/** The report as lanes for the timeline, a channel each; a finding without a time spans the clip. */
export function lanesOf(report: CheckReport): Lane[] {
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
  /** The finding for which a reason is being written, and what it is for. */
  asking = $state<{ id: string; mark: Mark } | null>(null);
  readonly act = new Attempt();

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

  /** One sound for the whole new version: a mix of bleeps and silence helps nobody. */
  get sound(): 'bleep' | 'mute' {
    return [...this.planned.values()].includes('mute') ? 'mute' : 'bleep';
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

  /** Plans a redaction, or takes the same one back; bleep and mute hold for all at once. */
  plan(finding: Finding, how: Redaction): void {
    if (finding.mark || !redactionsOf(finding).includes(how)) return;
    if (this.planned.get(finding.id) === how) {
      this.planned.delete(finding.id);
      return;
    }
    this.planned.set(finding.id, how);
    if (!SOUND.includes(how)) return;
    for (const [id, other] of this.planned) {
      if (SOUND.includes(other)) this.planned.set(id, how);
    }
  }

  /** Begins to write why a finding needs no redaction. */
  ask(finding: Finding, mark: Mark): void {
    if (!finding.mark && marksOf(finding).includes(mark)) this.asking = { id: finding.id, mark };
  }

  /** Says about a finding what is being asked; whether the server took it. */
  async mark(note: string): Promise<boolean> {
    const asking = this.asking;
    if (!asking) return false;
    const done = await this.#do((path) =>
      answer(
        api.POST('/api/v1/versions/{id}/marks', {
          ...path,
          body: { finding_id: asking.id, action: asking.mark, note },
        }),
      ),
    );
    if (done) {
      this.planned.delete(asking.id);
      this.asking = null;
    }
    return done;
  }

  /** Makes a new version without what is planned; its id, or null when it did not work. */
  async redact(): Promise<string | null> {
    const version = this.report?.version.id;
    if (!version || this.planned.size === 0) return null;
    const made = await this.act.run(() =>
      answer(
        api.POST('/api/v1/versions/{id}/redact', {
          params: { path: { id: version } },
          body: { finding_ids: [...this.planned.keys()], how: this.sound },
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
    this.asking = null;
    // What identifies a patient is planned from the start: the safe way takes no press.
    if (report.version.state === 'superseded') return;
    for (const finding of this.blocking) {
      const [how] = redactionsOf(finding);
      if (how) this.plan(finding, how);
    }
    this.selected = this.open[0]?.id ?? null;
  }
}
