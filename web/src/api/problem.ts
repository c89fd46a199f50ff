/** An answer of the server that says what went wrong (RFC 9457), or `offline` when none came. */
export class Problem extends Error {
  /** Stable name of what happened, `offline` when the server did not answer. */
  readonly code: string;
  /** One sentence for the person: what happened, to what, and what to do next. */
  readonly detail: string;
  /** HTTP status, 0 when the server did not answer. */
  readonly status: number;
  /** What else the server told, such as `post_id` of a duplicate. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    detail: string,
    status: number,
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.status = status;
    this.extra = extra;
  }

  /** Whether the same request may well work a moment later. */
  get mayRetry(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Reads a problem+json body; a body of another kind becomes a plain sentence. */
export function problemFrom(status: number, body: unknown, fallback: string): Problem {
  if (typeof body === 'object' && body !== null) {
    const fields = body as Record<string, unknown>;
    const code = typeof fields.code === 'string' ? fields.code : `http_${status}`;
    const detail = typeof fields.detail === 'string' ? fields.detail : fallback;
    return new Problem(code, detail, status, fields);
  }
  return new Problem(`http_${status}`, fallback, status);
}
