import { SECRET } from '../addresses.ts';

const finite = (thing: unknown): boolean => {
  if (typeof thing === 'number') return Number.isFinite(thing);
  return typeof thing !== 'object' || thing === null || Object.values(thing).every(finite);
};

/** Invariant 5: no secret leaves the transport; and what inspectors are shown is plain JSON. */
export const createSecrets = (violate: (what: string) => void) => {
  const search = (where: string, thing: unknown): void => {
    let text: string;
    try {
      text = JSON.stringify(thing) ?? '';
    } catch {
      text = '';
    }
    if (text.includes(SECRET)) violate(`5: a secret in a ${where}`);
  };
  return {
    search,
    /** Also what caused it. */
    searchError(error: unknown): void {
      for (let at = error as Record<string, unknown> | undefined; at; at = at['cause'] as typeof at) {
        search('error', { ...at, message: at['message'], stack: at['stack'] });
        // Above the gate ky's errors hold the request of the caller, on which there must be no token.
        const request = at['request'] as Request | undefined;
        if (request) search('request of an error', [...request.headers, request.url]);
      }
    },
    searchContext(context: unknown): void {
      if (!finite(context)) violate('5: a number in the context that JSON does not have');
    },
  };
};
