/** Whether this device shows AV1 well enough to be given it: half the bytes, but more to compute. */

/** A phone's clip in full, the largest that there is: Main profile, level 4.1, 8 bits. */
const LARGEST = {
  contentType: 'video/mp4; codecs="av01.0.09M.08"',
  width: 1080,
  height: 1920,
  bitrate: 2_700_000,
  framerate: 30,
};

/** Asks the browser once. A browser that cannot say is given H.264. */
export async function showsAv1(): Promise<boolean> {
  if (!('mediaCapabilities' in navigator)) return false;
  try {
    const said = await navigator.mediaCapabilities.decodingInfo({ type: 'file', video: LARGEST });
    return said.supported && said.smooth;
  } catch (cause) {
    // What it does not know at all it refuses to answer.
    if (!(cause instanceof TypeError)) throw cause;
    return false;
  }
}

class Device {
  /** Known a moment after the page has begun; until then H.264 is played. */
  av1 = false;

  constructor() {
    void showsAv1().then((shows) => (this.av1 = shows));
  }
}

export const device = new Device();
