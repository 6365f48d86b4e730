import { requireType } from '../errors/requireType.ts';
import type { Bearer } from '../vault/vault.ts';
import type { ApiAnswer } from './apiAnswer.ts';
import { type Outgoing, outgoingOf } from './outgoing.ts';
import type { Pass } from './passage.ts';
import { present } from './present.ts';
import { errorNameOf } from './requestEvents.ts';
import type { Retry } from './retry.ts';
import type { Allowed } from './tokenOrigins.ts';

/** A request that a client other than `fetch` is going to send. */
export interface AdmissionRequest {
  readonly url: string | URL;
  /** @default 'GET' */
  readonly method?: string | undefined;
  /** The headers that the request already has. If they include an `Authorization`, it passes untouched. */
  readonly headers?: HeadersInit | undefined;
  /** Ends a wait with its reason. */
  readonly signal?: AbortSignal | null | undefined;
}

/** A request that may be sent now. */
export interface Admitted {
  /** Send the request to this address: the absolute one that was checked. */
  readonly url: string;
  /** Set these headers, replacing earlier values. Empty if the request gets no token. Send it at once, because a token ages. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Pass the answer here, so that a 401 is handled as one to `session.fetch`. Resolves with how to repeat the request, at most
   * once, or with `undefined` if the answer is final.
   *
   * @throws {SessionError} `session_ended`, `session_stopped`
   */
  answered(answer: ApiAnswer): Promise<Admitted | undefined>;
}

/** Admits a request as `fetch` would; see {@link Admitted}. */
export type Admit = (request: AdmissionRequest) => Promise<Admitted>;

/** What admitting needs. */
export interface DoorDeps {
  resolve(address: string): Allowed | undefined;
  observe(outgoing: Outgoing): Outgoing;
  readonly pass: Pass;
  readonly retry: Retry;
}

const untouched = (url: string): Admitted => ({ url, headers: {}, answered: async () => undefined });

/** The gate's door for clients that are not `fetch`, as XMLHttpRequest with its upload progress. */
export const createDoor = ({ resolve, observe, pass, retry }: DoorDeps): Admit => {
  const admitted = (outgoing: Outgoing, bearer: Bearer, isRepeat: boolean): Admitted => {
    outgoing.trace?.(isRepeat ? 'repeated' : 'sent');
    const { target, init } = present(bearer, { ...outgoing, init: undefined });
    return {
      url: target as string,
      headers: init?.headers as Record<string, string>,
      async answered(answer) {
        requireType('object', answer ?? 0);
        const next =
          answer.status === 401
            ? await retry.refused(answer, outgoing, bearer, !isRepeat, (fresh) => fresh)
            : retry.accepted(answer, outgoing, bearer);
        if (next) return admitted(outgoing, next, true);
        outgoing.trace?.('settled', { status: answer.status });
        return undefined;
      },
    };
  };

  return async (request) => {
    const { url, method = 'GET', headers, signal } = requireType('object', request);
    const address = requireType('string', ((url as URL | undefined)?.href ?? url) as string, 'admit: `url`');
    const init = { method, ...(headers && { headers: new Headers(headers) }), ...(signal && { signal }) };
    const call = outgoingOf(address, init, resolve);
    if (call.origin === undefined) return untouched(address);
    const outgoing = observe(call);
    outgoing.trace?.('started');
    return pass(outgoing, async (ready, bearer) =>
      bearer ? admitted(ready, bearer, false) : untouched(ready.target as string),
    ).catch((error: unknown) => {
      outgoing.trace?.('settled', { error: errorNameOf(error) });
      throw error;
    });
  };
};
