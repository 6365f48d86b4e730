/** The part of an API's answer that matters for the token. A `Response` is one. */
export interface ApiAnswer {
  readonly status: number;
  /** Whether a redirect was followed: the answer may come from an origin that never saw the token. */
  readonly redirected?: boolean;
  /** Absent if the client cannot read them. */
  readonly headers?: Pick<Headers, 'get'> | undefined;
}

/** Whether an answer tells something about the token: neither that of another origin nor an opaque one does. */
export const isEvidence = ({ status, redirected }: ApiAnswer): boolean => !redirected && status !== 0;
