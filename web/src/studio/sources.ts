/** A part of another video that one was made from, as its author types it. */

export interface Part {
  start_ms: number;
  end_ms: number;
  at_ms: number | null;
}

const POST = /(?:^|\/(?:p|v|embed)\/)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[/?#].*)?$/i;

/** The post that an address of this house, or an id alone, leads to; null where it is none. */
export function postIn(address: string): string | null {
  return POST.exec(address.trim())?.[1]?.toLowerCase() ?? null;
}
