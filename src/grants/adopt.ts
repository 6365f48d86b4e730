import type { Lease } from '../../machines/lease.ts';
import { decodeJwt } from '../claims/user.ts';
import type { Instant } from '../time/clock.ts';
import { elapsedMs } from '../time/deadline.ts';
import type { Permit } from '../vault/vault.ts';
import type { Commit } from './commit.ts';
import type { Flights } from './flights.ts';
import type { GrantDeps } from './grantDeps.ts';
import { answerFrom } from './protocol/answerFrom.ts';
import { isOtherUser } from './protocol/isOtherUser.ts';
import { newerRefreshToken } from './protocol/renewalAnswer.ts';
import { requireContinuity } from './protocol/requireContinuity.ts';
import type { TokenAnswer } from './protocol/tokenAnswer.ts';
import type { TokenResponse } from './tokenResponse.ts';

/** Which tokens were at hand when others were asked for. */
export type Since = Pick<Lease, 'epoch' | 'generation'>;

/**
 * Takes tokens that a backend sent along as a new generation, and tells the machine. `false` where ours are as new, or the
 * epoch they belong to is over. `sentAt`: when the request that brought them was sent.
 */
export type Adopt = (response: TokenResponse, sentAt: Instant, since: Since | undefined) => Promise<boolean>;

const timeIn = (token: string, claim: 'iat' | 'exp'): number | undefined => {
  const value = decodeJwt(token)?.[claim];
  return typeof value === 'number' ? value : undefined;
};

const isIssuedBefore = (arrived: string, held: string): boolean | undefined => {
  const [iat, heldIat] = [timeIn(arrived, 'iat'), timeIn(held, 'iat')];
  return iat === undefined || heldIat === undefined || iat === heldIat ? undefined : iat < heldIat;
};

/** Without a sign of the server's clock, what was asked for before ours came can be older than ours. */
const isAskedForBefore = (sentAt: Instant, since: Since, held: Lease): boolean =>
  since.generation !== held.generation || elapsedMs(held.sentAt, sentAt) < 0;

/** Whether somebody else was here then: tokens that name nobody would pass for those of whoever has signed in since. */
const isOfOthers = (sentAt: Instant, { replacedAt }: Flights): boolean =>
  replacedAt !== undefined && elapsedMs(replacedAt, sentAt) <= 0;

/** What a refused answer may still be good for: its newer refresh token, which the vault and the storage keep. */
export type KeepRefreshToken = (permit: Permit, refreshToken: string) => Promise<void>;

export const createAdopt = (
  { vault, flights, tell }: Pick<GrantDeps, 'vault' | 'flights' | 'tell'>,
  commit: Commit,
  keepRefreshToken: KeepRefreshToken,
): Adopt => {
  const take = async (answer: TokenAnswer, permit: Permit): Promise<boolean> => {
    const outcome = await commit({ by: 'adoption', answer, permit });
    if (outcome.kind !== 'taken') return false;
    tell({ type: 'session.adopt', lease: outcome.lease });
    return true;
  };

  return async (response, sentAt, since) => {
    const permit = vault.permitAdoption();
    const [held, lease] = [permit.read(), vault.lease()];
    const read = (): TokenAnswer =>
      answerFrom(response, sentAt, {
        action: 'session.adopt',
        remedies: { response_invalid: "It takes a token endpoint's answer as it came" },
        mayBeOlder: true,
        secrets: held && Object.values(held).filter((secret) => secret !== undefined),
      });
    if (!held || lease?.epoch !== since?.epoch) return !read();
    const wasAskedBefore = isAskedForBefore(sentAt, since!, lease!);
    const canBeOfOthers = isOfOthers(sentAt, flights);
    const newer = wasAskedBefore || canBeOfOthers ? undefined : newerRefreshToken(Object(response), held);
    try {
      const answer = read();
      if (canBeOfOthers && answer.claims?.sub === undefined) return false;
      const { accessToken: arrived } = answer.tokens;
      if (held.accessToken === arrived) {
        if (newer !== undefined) await keepRefreshToken(permit, newer);
        return false;
      }
      // Whose they are is judged whatever their age: nobody else was signed in since the request was sent.
      const isOlder = isIssuedBefore(arrived, held.accessToken) ?? wasAskedBefore;
      if (isOlder && !isOtherUser(answer, held)) return false;
      requireContinuity(answer.claims, decodeJwt(held.idToken));
      return await take(answer, permit);
    } catch (thrown) {
      if (newer !== undefined) await keepRefreshToken(permit, newer);
      throw thrown;
    }
  };
};
