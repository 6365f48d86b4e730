import { SECRET } from './addresses.ts';
import { type Hop, netError } from './answer.ts';
import type { Clocks } from './clocks.ts';
import type { Flights } from './flights.ts';
import type { Mint } from './mint.ts';
import { otherThan, type Provider, type ProviderWatch, type TokenFault } from './provider.ts';

/** Longer than this the session does not wait for a function of the app's. */
const LIMIT_MS = 10_000;

/** An error of another copy of the library: of the same shape, and of no class of ours. */
const foreign = (code: string): Error =>
  Object.assign(new Error(`the backend says ${code}`), { name: 'SessionError', code });

/** A sign-in and a renewal of the app's own, over a backend that goes by a cookie. */
export const createOwnGrants = (
  { clock }: Clocks,
  mint: Mint,
  flights: Flights,
  provider: Provider,
  watch: ProviderWatch,
) => {
  const faults: TokenFault[] = [];

  /** The session gives up on us after a while; what comes then is heard by nobody. */
  const within = async <T>(work: Promise<T>, onEnd: () => void): Promise<T> => {
    let timer: unknown;
    const limit = new Promise<never>((_, reject) => {
      timer = clock.setTimeout(() => reject(netError()), LIMIT_MS);
    });
    return Promise.race([work, limit]).finally(() => (clock.clearTimeout(timer), onEnd()));
  };

  const refreshNow = async (token: string | undefined, hop: Hop): Promise<unknown> => {
    const beganMs = clock.monotonicMs();
    const fault = faults.shift();
    if (fault) watch.met(`own ${fault}`);
    await hop('own refresh arrives');
    if (fault === 'lost before') throw netError();
    const held = mint.refresh.get(token ?? '');
    const from = held?.family ?? mint.families.at(-1);
    const sub = fault === 'other user' ? otherThan(from?.sub ?? '') : provider.cookie;
    if (provider.refusal || sub === undefined || (held && !mint.isAlive(held.family)))
      throw foreign(provider.refusal === 'invalid_client' ? 'client_refused' : 'grant_refused');
    if (held?.isSpent) {
      held.family.endsMs = -1;
      throw foreign('grant_refused');
    }
    const isSame = from !== undefined && from.sub === sub && mint.isAlive(from);
    const family = isSame ? from : mint.begin(sub);
    const body = mint.issue(family, { idToken: fault === 'no id token' ? 'none' : 'usual' });
    const arrived = mint.refresh.get(String(body['refresh_token']));
    if (held) held.isSpent = arrived !== undefined;
    await hop('own refresh answered');
    if (fault === 'lost after') throw netError();
    if (clock.monotonicMs() - beganMs >= LIMIT_MS) throw netError();
    if (held && arrived) flights.replaced(held);
    if (arrived && isSame) flights.received(arrived);
    if (from) watch.onRenewal(from, family);
    return body;
  };

  return {
    fail: (fault: TokenFault): void => void faults.push(fault),
    heal: (): void => void (faults.length = 0),
    refresh(token: string | undefined, hop: Hop): Promise<unknown> {
      provider.counts.refreshes++;
      const end = flights.begin(mint.refresh.get(token ?? ''));
      return within(refreshNow(token, hop), end);
    },
    async signIn({ username = '' }: { username?: string }, hop: Hop): Promise<unknown> {
      const fault = faults.shift();
      await hop('own sign-in arrives');
      if (fault === 'invalid_client') throw foreign('client_refused');
      if (fault === 'lost before') throw new TypeError(`${SECRET} in an error of the app's`);
      const [sub = '', number] = (username || 'ada').split('.');
      const family = mint.begin(sub, number === undefined ? undefined : Number(number));
      provider.counts.logins++;
      const body = mint.issue(family, { idToken: fault === 'no id token' ? 'none' : 'usual' });
      await hop('own sign-in answered');
      if (fault === 'lost after') throw netError();
      provider.setCookie(sub);
      provider.mustAsk = false;
      watch.onSignIn(family, { isSilent: false, isNamed: fault !== 'no id token', isUsable: true });
      return body;
    },
  };
};
