/** The address of a worker, in the form that the page's policy on scripts asks for. */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): {
    createScriptURL: (address: string) => unknown;
  };
}

let make: ((address: string) => unknown) | null = null;

/** Only addresses of this house are workers here. */
function own(address: string): string {
  if (new URL(address, location.origin).origin !== location.origin) {
    throw new TypeError(`not an address of this house: ${address}`);
  }
  return address;
}

/** The address of one of the house's own workers. */
export function workerAddress(address: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return own(address);
  // A policy's name is given away once.
  const policy = make ? null : types.createPolicy('wardcast-worker', { createScriptURL: own });
  if (policy) make = (each) => policy.createScriptURL(each);
  return make?.(address) as string;
}
