import { RequestWithText, textOf } from './requestWithText.ts';
import type { World } from './world.ts';

/** Planted in every secret; found anywhere outside the transport it is a leak. */
export const SECRET = 'S3CRET';

export const ISSUER = 'https://id.test/realms/app';
export const API = 'https://api.test';

interface IssuedAccess {
  readonly family: number;
  readonly issuedAtMs: number;
  readonly lifeMs: number;
}

interface IssuedRefresh {
  readonly family: number;
  readonly serial: number;
  readonly untilMs: number;
  spent: boolean;
}

/** What the token endpoint does with the next request. */
export type TokenFault =
  | 'busy'
  | 'slow down'
  | 'invalid_client'
  | 'revoked'
  | 'html'
  | 'lost before'
  | 'lost after'
  | 'silent'
  | 'no refresh token'
  | 'one second';

/** The way of one message, decided by the scheduler. */
export type Hop = (label: string) => Promise<void>;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const bodies = new WeakMap<Response, unknown>();
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response => {
  const init = { status, headers: { 'content-type': 'application/json', ...headers } };
  const response = new Response(JSON.stringify(body), init);
  bodies.set(response, body);
  return response;
};

/** A provider with rotation and reuse detection, and an API that judges by true time. */
export const createServer = (
  world: World,
  {
    lifeSeconds,
    refreshSeconds,
    maxSeconds,
    skewMs,
  }: { lifeSeconds: number; refreshSeconds: number; maxSeconds: number | null; skewMs: number },
) => {
  let onSignIn = (): void => {};
  const access = new Map<string, IssuedAccess>();
  const refresh = new Map<string, IssuedRefresh>();
  const familyEndsMs = new Map<number, number>();
  const violations: string[] = [];
  const counts = { requests: 0, authorized: 0, refreshes: 0, logins: 0, refused: 0, revocations: 0 };
  const faults: TokenFault[] = [];
  let apiFaults: number[] = [];
  let sendsAlong: 'access' | 'both' | undefined;
  let families = 0;
  let lastSub: string | undefined;
  const subjects = new Map<number, string>();
  const codes = new Map<string, { nonce: string | undefined; sub: string }>();
  let serials = 0;
  let refreshesInFlight = 0;
  const newestSerialReceived = new Map<number, number>();
  const signedOutFamilies = new Set<number>();

  const isAlive = (family: number): boolean => (familyEndsMs.get(family) ?? -1) > world.trueMs();

  const issue = (family: number, fault: TokenFault | undefined, nonce?: string): Record<string, unknown> => {
    const nowMs = world.trueMs();
    const serial = ++serials;
    const endsMs = familyEndsMs.get(family)!;
    const life = Math.max(
      1,
      Math.min(fault === 'one second' ? 1 : lifeSeconds, Math.ceil((endsMs - nowMs) / 1000)),
    );
    const refreshLife = Math.max(1, Math.min(refreshSeconds, Math.ceil((endsMs - nowMs) / 1000)));
    const accessToken = `${SECRET}-access-${family}-${serial}`;
    const refreshToken = `${SECRET}-refresh-${family}-${serial}`;
    access.set(accessToken, { family, issuedAtMs: nowMs, lifeMs: life * 1000 });
    const iat = Math.floor((1_800_000_000_000 + nowMs + skewMs) / 1000);
    const idToken = `${base64url({ alg: 'RS256' })}.${base64url({ iss: ISSUER, sub: subjects.get(family), aud: 'web', iat, exp: iat + 300, nonce })}.${base64url(`${SECRET}-signature`)}`;
    const keeps = fault === 'no refresh token';
    if (!keeps)
      refresh.set(refreshToken, { family, serial, untilMs: nowMs + refreshLife * 1000, spent: false });
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: life,
      id_token: idToken,
      ...(keeps ? {} : { refresh_token: refreshToken, refresh_expires_in: refreshLife }),
    };
  };

  const login = (nonce?: string): Response => {
    counts.logins++;
    const family = ++families;
    lastSub = subjects.get(family);
    familyEndsMs.set(
      family,
      maxSeconds === null ? Number.MAX_SAFE_INTEGER : world.trueMs() + maxSeconds * 1000,
    );
    return json(200, issue(family, undefined, nonce));
  };

  /** The nonce that a code was asked with; whoever is still signed in at the provider is signed in anew. */
  const takeCode = (code: string): string | undefined => {
    const asked = codes.get(code);
    subjects.set(families + 1, asked?.sub ?? 'nobody');
    return asked?.nonce;
  };

  const invalidGrant = (): Response => {
    counts.refused++;
    return json(400, { error: 'invalid_grant', error_description: 'Token is not active' });
  };

  const renew = (token: string, fault: TokenFault | undefined): Response => {
    const held = refresh.get(token);
    if (!held || !isAlive(held.family) || held.untilMs <= world.trueMs()) return invalidGrant();
    if (held.spent) {
      familyEndsMs.set(held.family, -1);
      return invalidGrant();
    }
    const body = issue(held.family, fault);
    if (fault !== 'no refresh token') held.spent = true;
    return json(200, body);
  };

  const answerFor = (form: URLSearchParams, fault: TokenFault | undefined): Response => {
    if (fault === 'busy') return json(503, {});
    if (fault === 'slow down') return json(429, {}, { 'retry-after': '3' });
    if (fault === 'invalid_client') return json(401, { error: 'invalid_client' });
    if (fault === 'html')
      return new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } });
    if (form.get('grant_type') === 'password') {
      subjects.set(families + 1, `user-${families + 1}`);
      return login();
    }
    if (form.get('grant_type') === 'authorization_code') return login(takeCode(form.get('code') ?? ''));
    const token = form.get('refresh_token') ?? '';
    if (fault === 'revoked') familyEndsMs.set(refresh.get(token)?.family ?? 0, -1);
    return renew(token, fault);
  };

  /** Tokens of an answer count as received when it reaches the client. */
  const receive = (response: Response): void => {
    const { refresh_token: token } = Object(bodies.get(response)) as { refresh_token?: string };
    const held = refresh.get(token ?? '');
    if (held)
      newestSerialReceived.set(
        held.family,
        Math.max(held.serial, newestSerialReceived.get(held.family) ?? 0),
      );
  };

  const checkRefresh = (form: URLSearchParams): void => {
    const held = refresh.get(form.get('refresh_token') ?? '');
    if (refreshesInFlight > 1) violations.push('2: two refresh grants in flight');
    if (held && held.serial < (newestSerialReceived.get(held.family) ?? 0))
      violations.push(
        `2: an older refresh token was sent: ${held.family}-${held.serial} at ${world.trueMs()}`,
      );
    if (held && signedOutFamilies.has(held.family)) violations.push('6: a refresh after the sign-out');
  };

  const aborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  const token = async (form: URLSearchParams, hop: Hop, signal: AbortSignal): Promise<Response> => {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    const fault = faults.shift();
    if (isRefresh) {
      counts.refreshes++;
      refreshesInFlight++;
      checkRefresh(form);
    }
    const travel = async (): Promise<Response> => {
      await hop(`${form.get('grant_type')} arrives`);
      if (fault === 'lost before') throw new TypeError('Failed to fetch');
      const response = answerFor(form, fault);
      await hop(`${form.get('grant_type')} answered`);
      if (fault === 'lost after') throw new TypeError('Failed to fetch');
      if (fault === 'silent') return new Promise(() => {});
      // Whoever has given up does not hear the answer.
      if (signal.aborted) throw signal.reason;
      receive(response);
      if (form.get('grant_type') === 'password' && response.ok) onSignIn();
      return response;
    };
    try {
      return await Promise.race([travel(), aborted(signal)]);
    } finally {
      if (isRefresh) refreshesInFlight = Math.max(0, refreshesInFlight - 1);
    }
  };

  const callers = new Map<string, string>();

  /** Whoever was signed in when a call began is whose token may go on it, and on its repeat. */
  const checkCaller = (call: string, sub: string): void => {
    const before = callers.get(call) ?? sub;
    callers.set(call, sub);
    if (before !== sub) violations.push(`6: a call of ${before} was sent as ${sub}`);
  };

  const checkBearer = (bearer: string, call: string | null): void => {
    counts.authorized++;
    const held = access.get(bearer);
    if (!held) return void violations.push('an unknown bearer');
    if (call !== null) checkCaller(call, subjects.get(held.family) ?? '');
    const leftMs = held.issuedAtMs + held.lifeMs - world.trueMs();
    const marginMs = Math.max(Math.min(10_000, held.lifeMs / 5), held.lifeMs >= 4000 ? 1000 : 0);
    if (leftMs < marginMs && !world.isBlind)
      violations.push(`1: handed out with ${leftMs} ms left of ${held.lifeMs}`);
    if (signedOutFamilies.has(held.family)) violations.push('6: a bearer after the end of its session');
  };

  /** What a backend that renews by itself sends along, once. */
  const alongside = (family: number): Record<string, string> => {
    if (!sendsAlong) return {};
    const { refresh_token, refresh_expires_in, ...answer } = issue(family, undefined);
    const tokens = sendsAlong === 'both' ? { ...answer, refresh_token, refresh_expires_in } : answer;
    sendsAlong = undefined;
    return { 'x-tokens': JSON.stringify(tokens) };
  };

  const api = async (request: Request, hop: Hop): Promise<Response> => {
    counts.requests++;
    const bearer = request.headers.get('authorization')?.replace('Bearer ', '');
    if (bearer) checkBearer(bearer, request.headers.get('x-call'));
    await hop('request arrives');
    const held = access.get(bearer ?? '');
    const isFresh = held && isAlive(held.family) && held.issuedAtMs + held.lifeMs > world.trueMs();
    const status = apiFaults.shift() ?? (isFresh ? 200 : 401);
    const headers = isFresh && status === 200 ? alongside(held.family) : {};
    await hop('request answered');
    if (status === 0) throw new TypeError('Failed to fetch');
    return json(status, {}, headers);
  };

  return {
    violations,
    counts,
    fail: (fault: TokenFault) => void faults.push(fault),
    /** The next good answer of the API brings tokens. */
    sendAlong: (what: 'access' | 'both') => void (sendsAlong = what),
    failApi: (status: number) => void apiFaults.push(status),
    heal() {
      faults.length = 0;
      sendsAlong = undefined;
      apiFaults = [];
    },
    /** An interactive sign-in has reached the client: it counts as presence. */
    whenSignedIn: (listener: () => void) => void (onSignIn = listener),
    revokeAll: () => familyEndsMs.forEach((_, family) => familyEndsMs.set(family, -1)),
    forgetEnds: () => signedOutFamilies.clear(),
    /** From now on no token issued so far may be handed out. */
    endFamilies() {
      for (let family = 1; family <= families; family++) signedOutFamilies.add(family);
    },
    /** The authorization endpoint in a frame: a code, or `login_required` where the provider's own session is over. */
    async authorize(address: string, hop: Hop): Promise<string> {
      const asked = new URL(address).searchParams;
      await hop('authorize');
      const answer = new URL(asked.get('redirect_uri') ?? '');
      answer.searchParams.set('state', asked.get('state') ?? '');
      if (lastSub === undefined) answer.searchParams.set('error', 'login_required');
      else {
        const code = `${SECRET}-code-${codes.size}`;
        codes.set(code, { nonce: asked.get('nonce') ?? undefined, sub: lastSub });
        answer.searchParams.set('code', code);
      }
      await hop('authorized');
      return answer.href;
    },
    /** A page was left: its requests are nobody's any more, and what it had not put away is lost. */
    forgetFlights() {
      refreshesInFlight = 0;
      newestSerialReceived.clear();
    },
    /** The provider's own session ends. */
    endLogin: () => void (lastSub = undefined),
    /** A call begins while this user is signed in. */
    callBegins: (call: string, sub: string) => void callers.set(call, sub),
    /** Serves one call; what is checked at hand-off is checked before the first hop. */
    serve(input: RequestInfo | URL, init: RequestInit | undefined, hop: Hop): Promise<Response> {
      const request = new RequestWithText(input, init);
      if (request.url.startsWith(API)) return api(request, hop);
      if (request.url.endsWith('/revoke')) {
        counts.revocations++;
        return hop('revocation').then(() => new Response(null, { status: 200 }));
      }
      return token(new URLSearchParams(textOf(request)), hop, request.signal);
    },
  };
};

export type Server = ReturnType<typeof createServer>;
