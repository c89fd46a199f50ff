/** The comments of one post, and the one that is being written. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { Comment } from '~/api/types';

const DRAFT = 'wardcast.comment.';

export class Comments {
  items = $state<Comment[]>([]);
  next = $state<string | null>(null);
  loading = $state(true);
  sending = $state(false);
  /** Why the list could not be shown. */
  problem = $state.raw<Problem | null>(null);
  /** Why the last comment was not taken. */
  refusal = $state.raw<Problem | null>(null);
  readonly postId: string;
  #draft = $state('');

  constructor(postId: string) {
    this.postId = postId;
    this.#draft = sessionStorage.getItem(DRAFT + postId) ?? '';
  }

  /** What is being written; kept in this tab until it is sent. */
  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    this.#draft = text;
    if (text) sessionStorage.setItem(DRAFT + this.postId, text);
    else sessionStorage.removeItem(DRAFT + this.postId);
  }

  /** The first page, or the one after what is shown. */
  async load(): Promise<void> {
    this.loading = true;
    const cursor = this.next ?? undefined;
    const params = { path: { id: this.postId }, query: { cursor } };
    try {
      const page = await answer(api.GET('/api/v1/posts/{id}/comments', { params }));
      const here = new Set(this.items.map((item) => item.id));
      this.items.push(...page.items.filter((item) => !here.has(item.id)));
      this.next = page.next;
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    } finally {
      this.loading = false;
    }
  }

  /** Sends what is written: how many more comments there are now, or null and it stays in the box. */
  async send(): Promise<0 | 1 | null> {
    const text = this.#draft.trim();
    if (!text || this.sending) return null;
    this.sending = true;
    const params = { path: { id: this.postId } };
    try {
      const call = api.POST('/api/v1/posts/{id}/comments', { params, body: { text } });
      const sent = await answer(call);
      // Sent twice, as after a lost answer, the server gives back the first.
      const others = this.items.filter((item) => item.id !== sent.id);
      const more = others.length === this.items.length ? 1 : 0;
      this.items = [sent, ...others];
      this.draft = '';
      this.refusal = null;
      return more;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.refusal = cause;
      return null;
    } finally {
      this.sending = false;
    }
  }

  /** Deletes a comment; true when it is gone. */
  async remove(comment: Comment): Promise<boolean> {
    try {
      await answer(api.DELETE('/api/v1/comments/{id}', { params: { path: { id: comment.id } } }));
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      return false;
    }
    this.items = this.items.filter((item) => item.id !== comment.id);
    return true;
  }
}
