/** In which language a viewer reads captions: chosen once, remembered by this browser. */

const KEPT = 'wardcast.captions';

interface InLanguage {
  /** A BCP 47 tag. */
  readonly language: string;
  /** Whether that is what is spoken. */
  readonly spoken: boolean;
}

const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/** What a language calls itself, such as "Deutsch"; the tag where the browser does not know it. */
export function ownName(tag: string): string {
  try {
    const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return tag;
  }
}

/** The track in a language, or in one that is near: `pt` for `pt-BR`; undefined without one. */
function inLanguage<T extends InLanguage>(tracks: readonly T[], tag: string): T | undefined {
  return (
    tracks.find(({ language }) => language.toLowerCase() === tag.toLowerCase()) ??
    tracks.find(({ language }) => primary(language) === primary(tag))
  );
}

export class CaptionChoice {
  on = $state(true);
  /** The language that was chosen; null for what the browser's languages say. */
  language = $state<string | null>(null);

  constructor() {
    const kept = localStorage.getItem(KEPT) ?? 'on';
    this.on = kept !== 'off';
    if (kept !== 'on' && kept !== 'off') this.language = kept;
  }

  /**
   * What is to be read of these tracks; null for none. First comes what was chosen, then what is
   * spoken where the viewer reads it, then a language of the viewer's, then what there is.
   */
  of<T extends InLanguage>(tracks: readonly T[]): T | null {
    if (!this.on) return null;
    const chosen = this.language === null ? undefined : inLanguage(tracks, this.language);
    const spoken = tracks.find((track) => track.spoken);
    const readsSpoken = navigator.languages.some(
      (tag) => spoken !== undefined && primary(tag) === primary(spoken.language),
    );
    const own = navigator.languages.map((tag) => inLanguage(tracks, tag)).find(Boolean);
    return chosen ?? (readsSpoken ? spoken : undefined) ?? own ?? spoken ?? tracks[0] ?? null;
  }

  /** Turns captions on in a language, or off. */
  choose(language: string | null): void {
    this.on = language !== null;
    if (language !== null) this.language = language;
    this.#keep();
  }

  toggle(): void {
    this.on = !this.on;
    this.#keep();
  }

  #keep(): void {
    localStorage.setItem(KEPT, this.on ? (this.language ?? 'on') : 'off');
  }
}
