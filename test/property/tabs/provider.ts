import { html, json, netError } from '../model/answer.ts';
import type { Clocks } from '../model/clocks.ts';
import type { Family, Issue, IssuedRefresh, Mint, Oddity } from '../model/mint.ts';
import { otherThan } from '../model/provider.ts';
import type { Life, Pass } from './life.ts';
import type { Flight, Spending } from './oracles/spending.ts';
import type { TabSetting } from './setting.ts';

/** What the token endpoint does with the next request. */
export type TokenFault =
  | 'busy'
  | 'lost before'
  | 'lost after'
  | 'silent'
  | 'late'
  | 'revoked'
  | 'no access token'
  | 'slow'
  | 'slow down'
  | 'invalid_client'
  | 'interaction_required'
  | 'html'
  | 'cut off'
  | 'other user'
  | 'no id token'
  | 'one second';

export const tokenFaults: readonly TokenFault[] = [
  'busy',
  'lost before',
  'lost after',
  'silent',
  'late',
  'revoked',
  'no access token',
  'slow',
  'slow down',
  'invalid_client',
  'interaction_required',
  'html',
  'cut off',
  'other user',
  'no id token',
  'one second',
];

/** How the provider, or what stands before it, answers without doing anything. */
const TROUBLE: Partial<Record<TokenFault, () => Response>> = {
  busy: () => json(503, {}),
  'slow down': () => json(429, {}, { 'retry-after': '3' }),
  invalid_client: () => json(401, { error: 'invalid_client' }),
  interaction_required: () => json(400, { error: 'interaction_required' }),
  html: () => html(404),
};

/** The connection breaks in the middle of the answer. */
const cutOff = (): Response => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"access_token":'));
      controller.error(netError());
    },
  });
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json' } });
};

interface Code {
  readonly nonce: string | undefined;
  readonly sub: string;
}

/** How much later an answer comes: after the page has waited for it, or just before. */
const DELAYS: Partial<Record<TokenFault, number>> = { late: 12_000, slow: 4000 };

/** So long a spent token can be used again where the provider forgives that. */
const GRACE_MS = 10_000;

const refused = (): Response =>
  json(400, { error: 'invalid_grant', error_description: 'Token is not active' });

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/** Of such an answer only the refresh token can be used. */
const withoutAccessToken: Oddity = { field: 'access_token', as: 'missing' };

/** The one before stays. */
const withoutRefreshToken: Oddity = { field: 'refresh_token', as: 'missing' };

const issueFor = (fault: TokenFault | undefined): Issue => ({
  oddity: fault === 'no access token' ? withoutAccessToken : undefined,
  lifeSeconds: fault === 'one second' ? 1 : undefined,
  idToken: fault === 'no id token' ? 'none' : 'usual',
});

interface Answer {
  readonly response: Response;
  readonly issued: IssuedRefresh | undefined;
}

interface TabProviderWatch {
  readonly pass: Pass;
  met(what: string): void;
}

/** An authorization server with rotation, reuse detection and a session of its own in this browser. */
export const createTabProvider = (
  clocks: Clocks,
  mint: Mint,
  spending: Spending,
  { pass, met, names, rotation }: TabProviderWatch & Pick<TabSetting, 'names' | 'rotation'>,
) => {
  const counts = { refreshes: 0, logins: 0, frames: 0, revocations: 0 };
  const faults: TokenFault[] = [];
  const codes = new Map<string, Code>();
  let frameFails = false;
  let isOffline = false;
  let pages = 0;
  /** Who is signed in at the provider itself. */
  let cookie: string | undefined;

  const issue = (family: Family, issued: Issue = {}): Answer => {
    const body = mint.issue(family, { ...issued, ...(!names && { idToken: 'none' }) });
    return { response: json(200, body), issued: mint.refresh.get(String(body['refresh_token'])) };
  };

  const signIn = (sub: string, nonce?: string): Answer => {
    counts.logins++;
    return issue(mint.begin(sub), { nonce });
  };

  /** Whether using it once more is none of the reuse that ends a session. */
  const isForgiven = (held: IssuedRefresh): boolean =>
    rotation === 'off' || (rotation === 'grace' && clocks.trueMs() < held.spentAtMs + GRACE_MS);

  const renew = (token: string, flight: Flight | undefined, fault: TokenFault | undefined): Answer => {
    const held = mint.refresh.get(token);
    const none = { response: refused(), issued: undefined };
    if (!held) return none;
    if (fault === 'revoked') held.family.endsMs = -1;
    if (held.isSpent && mint.isAlive(held.family) && !isForgiven(held)) {
      spending.reused(held, flight!);
      held.family.endsMs = -1;
    }
    if (!mint.isAlive(held.family) || held.untilMs <= clocks.trueMs()) return none;
    const isOther = fault === 'other user' && names;
    const family = isOther ? mint.begin(otherThan(held.family.sub)) : held.family;
    if (rotation === 'same') {
      held.untilMs = Math.max(held.untilMs, clocks.trueMs() + mint.refreshLifeOf(held.family) * 1000);
      const how = issueFor(fault);
      return issue(family, { ...how, oddity: how.oddity ?? withoutRefreshToken });
    }
    if (!held.isSpent) held.spentAtMs = clocks.trueMs();
    held.isSpent = true;
    const answer = issue(family, issueFor(fault));
    spending.rotated(flight!, answer.issued!);
    return answer;
  };

  const answerFor = (
    form: URLSearchParams,
    flight: Flight | undefined,
    fault: TokenFault | undefined,
  ): Answer => {
    const trouble = fault && TROUBLE[fault];
    if (trouble) return { response: trouble(), issued: undefined };
    const grant = form.get('grant_type');
    if (grant === 'password') {
      const sub = form.get('username') ?? '';
      cookie = sub;
      return signIn(sub);
    }
    if (grant === 'refresh_token') return renew(form.get('refresh_token') ?? '', flight, fault);
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    return code ? signIn(code.sub, code.nonce) : { response: refused(), issued: undefined };
  };

  const travel = async (
    form: URLSearchParams,
    { life, flight, signal }: { life: Life; flight: Flight | undefined; signal: AbortSignal },
  ): Promise<Response> => {
    const grant = form.get('grant_type');
    const fault = faults.shift();
    if (fault) met(`fault ${fault}`);
    // It goes on where the tab is frozen or gone.
    await pass(`${grant} arrives from ${life.id}`);
    if (fault === 'lost before' || isOffline) {
      await life.hop(`${grant} lost`);
      throw netError();
    }
    const { response, issued } = answerFor(form, flight, fault);
    const delayMs = fault && DELAYS[fault];
    if (delayMs) await new Promise<void>((resolve) => clocks.clock.setTimeout(resolve, delayMs));
    await life.hop(`${grant} answered`);
    if (fault === 'lost after' || isOffline) throw netError();
    if (fault === 'cut off' && response.ok) return cutOff();
    if (fault === 'silent') return new Promise(() => {});
    // Whoever has given up does not hear the answer.
    if (signal.aborted) throw signal.reason;
    if (issued) spending.arrived(life, issued, flight);
    return response;
  };

  const answerUrl = (asked: URLSearchParams, answer: Record<string, string>): string => {
    const url = new URL(asked.get('redirect_uri') ?? '');
    url.searchParams.set('state', asked.get('state') ?? '');
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
    return url.href;
  };

  const ask = async (asked: URLSearchParams, life: Life): Promise<string> => {
    await pass(`authorize from ${life.id}`);
    if (frameFails || isOffline) return new Promise(() => {});
    const code = `code-${counts.frames}-${clocks.trueMs()}`;
    if (cookie !== undefined) codes.set(code, { nonce: asked.get('nonce') ?? undefined, sub: cookie });
    const answer = answerUrl(asked, cookie === undefined ? { error: 'login_required' } : { code });
    await life.hop('authorized');
    return answer;
  };

  /** What its page answers once this user is signed in there; with nobody's help, or nobody, where that is not to be seen. */
  const answerTo = (asked: URLSearchParams, how: Pick<Code, 'sub'> | { readonly error: string }): string => {
    if ('error' in how) return answerUrl(asked, how);
    const code = `page-${++pages}`;
    codes.set(code, { nonce: asked.get('nonce') ?? undefined, sub: how.sub });
    return answerUrl(asked, { code });
  };

  return {
    counts,
    answerTo,
    fail: (fault: TokenFault): void => void faults.push(fault),
    failFrames: (on: boolean): void => void (frameFails = on),
    heal(): void {
      faults.length = 0;
      frameFails = false;
      isOffline = false;
    },
    /** The computer has lost its network, or has it back. */
    set isOffline(on: boolean) {
      isOffline = on;
    },
    get isOffline() {
      return isOffline;
    },
    get cookie() {
      return cookie;
    },
    set cookie(sub: string | undefined) {
      cookie = sub;
    },
    token(form: URLSearchParams, life: Life, signal: AbortSignal): Promise<Response> {
      const isRefresh = form.get('grant_type') === 'refresh_token';
      if (isRefresh) counts.refreshes++;
      const sent = mint.refresh.get(form.get('refresh_token') ?? '');
      const flight = sent && spending.begin(life, sent);
      signal.addEventListener('abort', () => flight?.end());
      return Promise.race([travel(form, { life, flight, signal }), aborted(signal)]).finally(() =>
        flight?.end(),
      );
    },
    async revoke(form: URLSearchParams, life: Life, onArrival: () => void): Promise<Response> {
      counts.revocations++;
      const given = form.get('token') ?? form.get('refresh_token') ?? '';
      const family = (mint.refresh.get(given) ?? mint.access.get(given))?.family;
      await pass(`revocation from ${life.id}`);
      if (isOffline) throw netError();
      onArrival();
      if (family) mint.end(family);
      await life.hop('revoked');
      return new Response(null, { status: 200 });
    },
    /** The authorization endpoint in a hidden frame. */
    async askInFrame(address: string, limitMs: number, life: Life): Promise<string | undefined> {
      counts.frames++;
      const limit = new Promise<undefined>((resolve) => {
        clocks.clock.setTimeout(() => life.run(() => resolve(undefined)), limitMs);
      });
      return Promise.race([limit, ask(new URL(address).searchParams, life)]);
    },
  };
};

export type TabProvider = ReturnType<typeof createTabProvider>;
