/** Whether a file's fingerprint can be taken here: browsers do so on secure pages alone. */
export function canHash(): boolean {
  return globalThis.isSecureContext && 'subtle' in crypto;
}

/** The SHA-256 of a file in hex, taken on this device: the file itself is sent nowhere. */
export async function sha256(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
