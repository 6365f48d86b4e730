import type { Bearer } from '../vault/vault.ts';
import { withAuthorization } from './authorization.ts';
import type { Outgoing } from './outgoing.ts';

/** The call with a token on it (RFC 6750 §2.1). How a token is presented is decided here and nowhere else. */
export const present = ({ authorization }: Bearer, outgoing: Outgoing): Outgoing => {
  const { origin, target, init, trace } = outgoing;
  if (typeof target === 'string' || init?.headers) {
    const headers = withAuthorization(init?.headers, authorization);
    return { origin, target, init: { ...init, headers }, trace };
  }
  target.headers.set('Authorization', authorization);
  return outgoing;
};
