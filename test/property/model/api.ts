import { type Hop, json, netError } from './answer.ts';
import type { Call } from './call.ts';
import type { Clocks } from './clocks.ts';
import type { Family, Mint } from './mint.ts';
import { otherThan } from './provider.ts';

/** What the API does with the next call; a number is the status it answers. */
export type ApiFault = number | 'lost' | '401 without a body';

/** What a backend that renews by itself sends along. */
export type Alongside = 'access' | 'both' | 'bare' | 'other user';

/** What the rest of the world wants to know of an API. */
export interface ApiWatch {
  /** A fault has come to bear. */
  met(what: string): void;
  violate(what: string): void;
  /** Tokens that were sent along have reached the page. */
  onAlongside(from: Family, to: Family, bearer: string): void;
}

/** APIs that judge by true time, and check what was handed over before anything else happens. */
export const createApi = (
  clocks: Clocks,
  mint: Mint,
  {
    origins,
    calls,
    watch,
  }: { origins: ReadonlySet<string>; calls: ReadonlyMap<string, Call>; watch: ApiWatch },
) => {
  const { violate } = watch;
  const counts = { requests: 0, authorized: 0 };
  const ended = new Set<Family>();
  const faults: ApiFault[] = [];
  let sendsAlong: Alongside | undefined;
  let newestFamily = 0;

  /** Invariants 1 and 6, at the hand-off. */
  const checkBearer = (bearer: string, call: Call | undefined): void => {
    counts.authorized++;
    const held = mint.access.get(bearer);
    if (!held) return violate('an unknown bearer');
    const { family, issuedAtMs, lifeMs } = held;
    call?.sentAs(family.sub);
    if (ended.has(family)) violate('6: a bearer after the end of its session');
    if (family.id < newestFamily) violate('6: the bearer of an earlier sign-in');
    if (lifeMs === undefined || clocks.isBlind) return;
    const leftMs = issuedAtMs + lifeMs - clocks.trueMs();
    const marginMs = Math.max(Math.min(10_000, lifeMs / 5), lifeMs >= 4000 ? 1000 : 0);
    if (leftMs < marginMs) violate(`1: handed out with ${leftMs} ms left of ${lifeMs}`);
  };

  /** Invariant 7: what was checked is what is sent, and a token goes to allowed origins only. */
  const checkSent = (request: Request, bearer: string | undefined, call: Call | undefined): void => {
    const { origin } = new URL(request.url);
    if (bearer !== undefined && !origins.has(origin)) violate(`7: a token was sent to ${origin}`);
    call?.handedOver(request, bearer !== undefined);
  };

  const alongside = (family: Family): { headers: Record<string, string>; to?: Family } => {
    if (!sendsAlong) return { headers: {} };
    watch.met(`sendAlong ${sendsAlong}`);
    const to = sendsAlong === 'other user' ? mint.begin(otherThan(family.sub)) : family;
    const { refresh_token, refresh_expires_in, ...answer } = mint.issue(to);
    const { access_token, expires_in } = answer;
    const shapes = {
      access: answer,
      // It says nothing about who: whoever is there goes on, and so does what else was there.
      bare: { access_token, expires_in },
      both: { ...answer, refresh_token, refresh_expires_in },
    };
    const tokens = shapes[sendsAlong === 'other user' ? 'both' : sendsAlong];
    sendsAlong = undefined;
    return { headers: { 'x-tokens': JSON.stringify(tokens) }, to };
  };

  const bearerOf = (request: Request): string | undefined =>
    request.headers.get('authorization')?.match(/^Bearer (.*)$/)?.[1];

  const answer = async (request: Request, hop: Hop): Promise<Response> => {
    const bearer = bearerOf(request);
    await hop('request arrives');
    const held = mint.access.get(bearer ?? '');
    const isFresh =
      held && mint.isAlive(held.family) && held.issuedAtMs + (held.lifeMs ?? 0) > clocks.trueMs();
    const planned = faults.shift();
    if (planned !== undefined) watch.met(`api ${planned}`);
    const fault = planned ?? (isFresh ? 200 : 401);
    const { headers, to } =
      isFresh && fault === 200 ? alongside(held.family) : { headers: {}, to: undefined };
    await hop('request answered');
    if (fault === 'lost') throw netError();
    if (to && bearer !== undefined) watch.onAlongside(held!.family, to, bearer);
    return fault === '401 without a body' ? new Response(null, { status: 401 }) : json(fault, {}, headers);
  };

  return {
    counts,
    fail: (fault: ApiFault): void => void faults.push(fault),
    /** The next good answer brings tokens. */
    sendAlong: (what: Alongside): void => void (sendsAlong = what),
    heal(): void {
      faults.length = 0;
      sendsAlong = undefined;
    },
    /** From now on no token issued so far may be handed out. */
    endAll: (): void => mint.families.forEach((family) => ended.add(family)),
    forgetEnds: (): void => ended.clear(),
    /** The app knows of a sign-in of this number. */
    signedInAs: (family: number): void => void (newestFamily = Math.max(newestFamily, family)),
    forgetSignIns: (): void => void (newestFamily = 0),
    /** What must be so at the hand-off, before anything else happens. */
    check(request: Request): void {
      counts.requests++;
      const bearer = bearerOf(request);
      const call = calls.get(request.headers.get('x-call') ?? '');
      checkSent(request, bearer, call);
      if (bearer !== undefined) checkBearer(bearer, call);
    },
    answer,
  };
};
