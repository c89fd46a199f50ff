/** A file that was dropped on one screen and is sent from the next. */
let waiting: File | null = null;

/** Leaves a file for the next screen. */
export function leave(file: File): void {
  waiting = file;
}

/** Takes the file that was left, once. */
export function take(): File | null {
  const file = waiting;
  waiting = null;
  return file;
}
