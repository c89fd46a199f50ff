/** What this device keeps about playing, and what its browser asks for. No screen, no framework: what
 * runs before the app reads it too. */

export const SOUND = 'wardcast.sound';
const PREFIX = 'wardcast.playback.';

/** What was chosen under a name such as `engine`; null when nothing was. */
export function kept(name: string): string | null {
  return read(PREFIX + name);
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
  }
}

/** Whether clips are silent: they are until somebody turns the sound on. */
export function startsSilent(): boolean {
  return read(SOUND) !== 'on';
}

/** Whether the person or the browser asks to save data. */
export function savesData(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return connection?.saveData ?? false;
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch (cause) {
    // Storage that the browser forbids: the choice lasts as long as the page.
    if (!(cause instanceof DOMException)) throw cause;
    return null;
  }
}
