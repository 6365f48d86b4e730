import type { IncomingMessage } from 'node:http';
import { type BearerTerms, createBearerCheck } from '../bearer.ts';
import { clientHeader, type Ledger, type Verdict } from '../ledger.ts';

/** What became of a request at the door; `status` is the answer if it may not enter. */
export interface Admission {
  readonly verdict: Verdict;
  readonly status: number;
}

/** Decides who may enter, and writes down everybody who came. */
export interface Door {
  admit(request: IncomingMessage, path: string): Promise<Admission>;
  /**
   * Turns away the next `count` requests of the session that come with a fresh token. An expired one is never hidden by
   * this, and a client that says who it is does not use it up.
   */
  refuseNext(count: number, status: number): void;
}

/** Opens a door for tokens on these terms. */
export function createDoor(terms: BearerTerms, ledger: Ledger): Door {
  const check = createBearerCheck(terms);
  let refusal = { left: 0, status: 401 };

  function admissionFor(verdict: Verdict, client: string | undefined): Admission {
    if (verdict !== 'fresh' || client !== undefined || refusal.left === 0) return { verdict, status: 401 };
    refusal.left -= 1;
    return { verdict: 'refused', status: refusal.status };
  }

  return {
    async admit({ headers, method = '' }, path) {
      const atMs = terms.nowMs();
      const bearer = await check(headers.authorization);
      const client = headers[clientHeader]?.toString();
      const admission = admissionFor(bearer.verdict, client);
      ledger.record({ ...bearer, atMs, method, path, client, verdict: admission.verdict });
      return admission;
    },
    refuseNext: (left, status) => void (refusal = { left, status }),
  };
}
