/** What an API answered, as far as it tells about a token. A `Response` is one. */
export interface ApiAnswer {
  readonly status: number;
  /** Whether a redirect was followed: the answer may be of an origin that never saw the token. */
  readonly redirected?: boolean;
  /** Absent where the client cannot read them. */
  readonly headers?: Pick<Headers, 'get'> | undefined;
}

/** Whether an answer tells something about the token: neither that of another origin nor an opaque one does. */
export const isEvidence = ({ status, redirected }: ApiAnswer): boolean => !redirected && status !== 0;
