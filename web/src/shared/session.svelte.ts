/** Who is looking at the screen, as the server says. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { Me, Role } from '~/api/types';

class Session {
  me = $state<Me | null>(null);
  problem = $state<Problem | null>(null);

  get signedIn(): boolean {
    return this.me?.signed_in ?? false;
  }

  is(role: Role): boolean {
    return this.me?.roles.includes(role) ?? false;
  }

  /** Asks the server anew; a failure leaves what was known and says so in `problem`. */
  async refresh(): Promise<void> {
    try {
      this.me = await answer(api.GET('/api/v1/me'));
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  /** Where to sign in and come back here. */
  signInUrl(): string {
    return `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
  }
}

export const session = new Session();
