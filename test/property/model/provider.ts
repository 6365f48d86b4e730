import { ISSUER } from './addresses.ts';
import { type Answer, html, type Hop, json, netError } from './answer.ts';
import type { Clocks } from './clocks.ts';
import type { Flights } from './flights.ts';
import type { Family, Field, Issue, Mint, Oddity } from './mint.ts';

/** What the token endpoint does with the next request. */
export type TokenFault =
  | 'busy'
  | 'slow down'
  | 'wait a year'
  | 'wait for ever'
  | 'invalid_client'
  | 'revoked'
  | 'html'
  | 'lost before'
  | 'lost after'
  | 'silent'
  | 'late'
  | 'one second'
  | 'other user'
  | 'bad id token'
  | 'no id token'
  | `${Oddity['as']} ${Field}`;

/** How the provider refuses every renewal until further notice. */
export type Refusal =
  | 'revoked'
  | '401 invalid_request'
  | '400 interaction_required'
  | '404'
  | 'html'
  | 'invalid_client';

/** How the tokens of a sign-in were asked for, and what they are good for. */
interface Arrived {
  readonly isSilent: boolean;
  readonly isNamed: boolean;
  /** The answer can be used at all. */
  readonly isUsable: boolean;
  /** Whose tokens were at hand when a frame was asked for others. */
  readonly from?: Family | undefined;
}

/** What the rest of the world wants to know of a provider. */
export interface ProviderWatch {
  /** The tokens of a sign-in have reached the page. */
  onSignIn(family: Family, how: Arrived): void;
  /** Whose tokens are at hand. */
  held(): Family | undefined;
  /** The answer to a renewal has reached the page, with the tokens of whomever. */
  onRenewal(from: Family, to: Family): void;
  /** A fault has come to bear. */
  met(what: string): void;
  /** A code was exchanged in vain, and no other would do better. */
  onHopeless(): void;
  violate(what: string): void;
}

interface Code {
  readonly nonce: string | undefined;
  readonly sub: string;
  readonly isSilent: boolean;
  readonly from: Family | undefined;
}

const oddityOf = (fault: TokenFault | undefined): Oddity | undefined => {
  const [as, field] = fault?.split(' ') ?? [];
  return as === 'null' || as === 'missing' || as === 'odd' ? { as, field: field as Field } : undefined;
};

const ID_TOKENS: Readonly<Record<string, Issue['idToken']>> = {
  'no id token': 'none',
  'bad id token': 'of another client',
};

const issueFor = (fault: TokenFault | undefined): Issue => ({
  oddity: oddityOf(fault),
  lifeSeconds: fault === 'one second' ? 1 : undefined,
  idToken: ID_TOKENS[fault ?? ''] ?? 'usual',
});

const REFUSALS: Readonly<Record<Refusal, () => Response>> = {
  revoked: () => json(400, { error: 'invalid_grant', error_description: 'Token is not active' }),
  '401 invalid_request': () => json(401, { error: 'invalid_request' }),
  '400 interaction_required': () => json(400, { error: 'interaction_required' }),
  '404': () => html(404),
  html: () => html(200),
  invalid_client: () => json(401, { error: 'invalid_client' }),
};

const TROUBLE: Readonly<Record<string, () => Response>> = {
  busy: () => json(503, {}),
  'slow down': () => json(429, {}, { 'retry-after': '3' }),
  'wait a year': () => json(503, {}, { 'retry-after': '31536000' }),
  'wait for ever': () => json(503, {}, { 'retry-after': 'Infinity' }),
  invalid_client: REFUSALS.invalid_client,
  html: REFUSALS.html,
};

/** What no further sign-in can mend. */
const HOPELESS = new Set<string | undefined>([
  'invalid_client',
  'bad id token',
  'no id token',
  'null id_token',
  'missing id_token',
  'odd id_token',
]);

/** What makes an answer one that nothing can be done with: not even given back. */
const UNUSABLE = new Set<TokenFault | undefined>([
  'null access_token',
  'missing access_token',
  'odd access_token',
  'odd token_type',
  'odd id_token',
  'odd expires_in',
  'odd refresh_token',
  'odd refresh_expires_in',
  'odd scope',
  'bad id token',
]);

/** Longer than the page waits for a token answer. */
const LATE_MS = 12_000;

export const otherThan = (sub: string): string => (sub === 'ada' ? 'bob' : 'ada');

/** An authorization server with rotation, reuse detection and a session of its own in this browser. */
export const createProvider = (clocks: Clocks, mint: Mint, flights: Flights, watch: ProviderWatch) => {
  const { clock } = clocks;
  const counts = { refreshes: 0, logins: 0, revocations: 0, frames: 0 };
  const faults: TokenFault[] = [];
  const codes = new Map<string, Code>();
  let refusal: Refusal | undefined;
  let frameFails = false;
  let framesAfter: number | undefined;
  /** Who is signed in at the provider itself. */
  let cookie: string | undefined;
  /** A sign-out has ended here that may have left the provider's own session alive. */
  let mustAsk = false;

  const signIn = (
    sub: string,
    asked: Issue & { fault?: TokenFault | undefined; signIn?: number },
    how: Pick<Arrived, 'isSilent' | 'from'>,
  ): Answer => {
    counts.logins++;
    const family = mint.begin(sub, asked.signIn);
    const body = mint.issue(family, { ...issueFor(asked.fault), nonce: asked.nonce });
    const isUsable = !UNUSABLE.has(asked.fault);
    const isNamed = typeof body['id_token'] === 'string';
    return {
      response: json(200, body),
      onHeard: () => watch.onSignIn(family, { ...how, isNamed, isUsable }),
    };
  };

  const renew = (token: string, fault: TokenFault | undefined): Answer => {
    const held = mint.refresh.get(token);
    if (fault === 'revoked' && held) held.family.endsMs = -1;
    if (!held || !mint.isAlive(held.family) || held.untilMs <= clocks.trueMs())
      return { response: REFUSALS.revoked() };
    if (held.isSpent) {
      held.family.endsMs = -1;
      return { response: REFUSALS.revoked() };
    }
    const family = fault === 'other user' ? mint.begin(otherThan(held.family.sub)) : held.family;
    const body = mint.issue(family, issueFor(fault));
    const arrived = mint.refresh.get(String(body['refresh_token']));
    held.isSpent = arrived !== undefined;
    return {
      response: json(200, body),
      onHeard() {
        if (arrived) flights.replaced(held);
        if (arrived && family === held.family) flights.received(arrived);
        // Of an answer that is for another client nothing can be used, nor given back.
        if (fault !== 'bad id token') watch.onRenewal(held.family, family);
      },
    };
  };

  const answerFor = (form: URLSearchParams, fault: TokenFault | undefined): Answer => {
    const trouble = TROUBLE[fault ?? ''];
    if (trouble) return { response: trouble() };
    const grant = form.get('grant_type');
    if (grant === 'password') {
      const [sub = '', number] = form.get('username')?.split('.') ?? [];
      const known = signIn(sub, { fault, signIn: Number(number) }, { isSilent: false });
      return { ...known, onHeard: () => ((cookie = sub), (mustAsk = false), known.onHeard?.()) };
    }
    if (grant === 'authorization_code') {
      const code = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      if (!code || fault === 'revoked') return { response: REFUSALS.revoked() };
      return signIn(code.sub, { fault, nonce: code.nonce }, code);
    }
    if (refusal) watch.met(`refuse ${refusal}`);
    return refusal ? { response: REFUSALS[refusal]() } : renew(form.get('refresh_token') ?? '', fault);
  };

  const aborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  const travel = async (form: URLSearchParams, hop: Hop, signal: AbortSignal): Promise<Response> => {
    const fault = faults.shift();
    if (fault) watch.met(`fault ${fault}`);
    const grant = form.get('grant_type');
    await hop(`${grant} arrives`);
    if (fault === 'lost before') throw netError();
    const { response, onHeard } = answerFor(form, fault);
    if (fault === 'late') await new Promise<void>((resolve) => clock.setTimeout(resolve, LATE_MS));
    await hop(`${grant} answered`);
    if (fault === 'lost after') throw netError();
    if (fault === 'silent') return new Promise(() => {});
    // Whoever has given up does not hear the answer.
    if (signal.aborted) throw signal.reason;
    if (grant === 'authorization_code' && HOPELESS.has(fault)) watch.onHopeless();
    else onHeard?.();
    return response;
  };

  const token = async (form: URLSearchParams, hop: Hop, signal: AbortSignal): Promise<Response> => {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    if (isRefresh) counts.refreshes++;
    const sent = mint.refresh.get(form.get('refresh_token') ?? '');
    const end = isRefresh ? flights.begin(sent) : () => {};
    if (sent) signal.addEventListener('abort', () => flights.timedOut(sent));
    return Promise.race([travel(form, hop, signal), aborted(signal)]).finally(end);
  };

  /** Whose tokens a request gives back. */
  const givenBackBy = (form: URLSearchParams): Family | undefined => {
    const given = form.get('token') ?? form.get('refresh_token') ?? '';
    return (mint.refresh.get(given) ?? mint.access.get(given))?.family;
  };

  const revoke = async (form: URLSearchParams, hop: Hop): Promise<Response> => {
    counts.revocations++;
    const family = givenBackBy(form);
    // It is on its way: whether it arrives is not the client's doing.
    if (family) family.isGivenBack = true;
    await hop('revocation');
    if (family) mint.end(family);
    return new Response(null, { status: 200 });
  };

  const answerUrl = (asked: URLSearchParams, answer: Record<string, string>): string => {
    const url = new URL(asked.get('redirect_uri') ?? '');
    url.searchParams.set('state', asked.get('state') ?? '');
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
    return url.href;
  };

  const codeFor = (asked: URLSearchParams, sub: string, from?: Family): Record<string, string> => {
    const isSilent = asked.get('prompt') === 'none';
    const code = `code-${codes.size + counts.logins}-${clocks.trueMs()}`;
    codes.set(code, { nonce: asked.get('nonce') ?? undefined, sub, isSilent, from });
    return { code };
  };

  /** Whether the provider would let the user of its own session through; `mustHaveAsked`: what was so when it was asked. */
  const isKnown = (asked: URLSearchParams, mustHaveAsked = mustAsk): boolean => {
    const known = cookie !== undefined && refusal === undefined && asked.get('prompt') !== 'login';
    if (known && mustHaveAsked) watch.violate('6: signed in without being asked after a sign-out');
    return known;
  };

  /** What the provider answers without a person; `undefined` where it shows its page. */
  const answerBySession = (
    address: string,
    { mustHaveAsked, from }: { mustHaveAsked?: boolean; from?: Family | undefined } = {},
  ): string | undefined => {
    const asked = new URL(address).searchParams;
    if (isKnown(asked, mustHaveAsked)) return answerUrl(asked, codeFor(asked, cookie!, from));
    return asked.get('prompt') === 'none' ? answerUrl(asked, { error: 'login_required' }) : undefined;
  };

  return {
    counts,
    token,
    revoke,
    fail: (fault: TokenFault): void => void faults.push(fault),
    refuse: (how: Refusal | undefined): void => void (refusal = how),
    failFrames: (on: boolean): void => void (frameFails = on),
    heal(): void {
      faults.length = 0;
      refusal = undefined;
      frameFails = false;
    },
    get refusal() {
      return refusal;
    },
    /** How many refresh tokens had been sent again after a time-out when a frame was asked last. */
    get framesAfter() {
      return framesAfter;
    },
    get cookie() {
      return cookie;
    },
    /** Somebody signs in at the provider in another tab, or the provider's own session ends. */
    setCookie: (sub: string | undefined): void => void (cookie = sub),
    set mustAsk(value: boolean) {
      mustAsk = value;
    },
    /** A page has left for here. */
    arrive: (address: string): void => void isKnown(new URL(address).searchParams),
    answerBySession: (address: string) => answerBySession(address),
    givenBackBy,
    /** The authorization endpoint in a hidden frame. */
    async askInFrame(address: string, limitMs: number, hop: Hop): Promise<string | undefined> {
      counts.frames++;
      framesAfter = flights.resent;
      // A sign-out that comes later finds it on its way.
      const asWhenAsked = { mustHaveAsked: mustAsk, from: watch.held() };
      await hop('authorize');
      if (frameFails) return new Promise((resolve) => clock.setTimeout(() => resolve(undefined), limitMs));
      const answer = answerBySession(address, asWhenAsked);
      await hop('authorized');
      return answer;
    },
    /** A person on the provider's page signs in, or does something else. */
    answerByPerson(address: string, what: { sub: string } | { error: string } | 'iss'): string {
      const asked = new URL(address).searchParams;
      if (what !== 'iss' && 'error' in what) return answerUrl(asked, what);
      const sub = what === 'iss' ? 'ada' : what.sub;
      cookie = sub;
      mustAsk = false;
      const code = codeFor(asked, sub);
      return answerUrl(asked, what === 'iss' ? { ...code, iss: 'https://evil.test' } : code);
    },
    /** The provider's own session was ended on its sign-out page; where the user goes from there. */
    loggedOut(address: string): string | undefined {
      const asked = new URL(address).searchParams;
      cookie = undefined;
      mustAsk = false;
      const to = asked.get('post_logout_redirect_uri');
      if (!to) return undefined;
      const url = new URL(to);
      if (asked.has('state')) url.searchParams.set('state', asked.get('state')!);
      return url.href;
    },
    isSignOutPage: (address: string): boolean => !address.startsWith(`${ISSUER}/authorize`),
  };
};

export type Provider = ReturnType<typeof createProvider>;
