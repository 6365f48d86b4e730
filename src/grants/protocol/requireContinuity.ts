import { SessionError } from '../../errors/sessionError.ts';
import type { Claims } from './haveSame.ts';

const listed = (claim: unknown): readonly unknown[] => [claim].flat();

/** Whether a claim of a renewed ID token goes on from the one before (OpenID Connect Core §12.2). */
const continues = (claim: string, renewed: Claims, old: Claims): boolean => {
  const [now, before] = [renewed[claim] ?? undefined, old[claim] ?? undefined];
  if (claim === 'aud') return listed(before).every((audience) => listed(now).includes(audience));
  return now === before || (claim === 'nonce' && now === undefined);
};

/** Of another issuer, or for another client, another `sub` can be the same person (OpenID Connect Core §8). */
const isOfOther = (renewed: Claims, old: Claims): boolean =>
  renewed['sub'] !== old['sub'] &&
  renewed['iss'] === old['iss'] &&
  listed(old['aud']).some((audience) => listed(renewed['aud']).includes(audience));

/**
 * Refuses an ID token that does not go on from the one before it; without both there is nothing to compare.
 * Another user's passes: what that means is judged at the commit, see {@link isOtherUser}.
 *
 * @throws {SessionError} `id_token_invalid`
 */
export const requireContinuity = (renewed: Claims | undefined, old: Claims | undefined): void => {
  if (!renewed || !old || isOfOther(renewed, old)) return;
  const broken = ['iss', 'aud', 'azp', 'nonce'].find((claim) => !continues(claim, renewed, old));
  if (broken === undefined) return;
  throw new SessionError('id_token_invalid', `The renewed ID token has another ${broken}. Sign in again`);
};
