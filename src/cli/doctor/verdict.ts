import type { RankedCause } from '../../explain/explanation.ts';
import { isAboutToken } from '../../explain/facts.ts';
import type { FailedGrant, GrantAnswer } from '../../explain/failedGrant.ts';
import type { ExitStatus } from '../cliIo.ts';

/** What it all comes to. */
export interface Verdict {
  readonly kind: 'healthy' | 'fault' | 'cannot_tell';
  /** One sentence. */
  readonly summary: string;
}

/** What the verdict depends on beside the causes. */
export interface Circumstances {
  readonly failure: FailedGrant;
  /** A request that failed was given, not a set-up. */
  readonly isRequest: boolean;
  readonly isOffline: boolean;
  readonly isSpent: boolean;
  readonly isOnlyRead: boolean;
  /** Why the token endpoint did not answer as one does. */
  readonly strangeness: string | undefined;
}

export const exitStatusOf = ({ kind }: Verdict): ExitStatus =>
  ({ healthy: 0, fault: 1, cannot_tell: 2 } as const)[kind];

const cannotTell = (summary: string): Verdict => ({ kind: 'cannot_tell', summary });
const healthy = (summary: string): Verdict => ({ kind: 'healthy', summary });

/** The answer that says most: to the real request, else to what was tried. */
const refusalIn = ({ answer, server }: FailedGrant): GrantAnswer | undefined =>
  answer ?? server?.correctedAnswer ?? server?.junkTokenAnswer;

const said = (failure: FailedGrant): string => {
  const { status, isStatusUnknown, error, challengeError } = refusalIn(failure) ?? {};
  return [isStatusUnknown ? undefined : status, error ?? challengeError].filter(Boolean).join(' ');
};

const whatCame = (failure: FailedGrant): string => {
  if (failure.noAnswer && !refusalIn(failure)) return 'no answer came';
  const which = failure.answer ? 'the answer' : 'the answer to a junk token';
  return `${which} is ${said(failure) || 'known by its words only'}`;
};

const ASK_FOR_REQUEST = 'Paste the request as well';

/** Where several causes are possible it is still a fault: the server did refuse. An answer alone tells too little for that. */
const ofCauses = (first: RankedCause, count: number, failure: FailedGrant): Verdict => {
  if (first.certainty !== 'possible') return { kind: 'fault', summary: first.title };
  const which = count === 1 ? 'One cause is possible' : `${count} causes are possible, the commonest first`;
  const summary = `${whatCame(failure)}. ${which}: ${first.title}`;
  return failure.request ? { kind: 'fault', summary } : cannotTell(`${summary}. ${ASK_FOR_REQUEST}`);
};

const acceptsClient = ({ server }: FailedGrant): boolean => {
  const answer = server?.correctedAnswer ?? server?.junkTokenAnswer;
  return answer !== undefined && isAboutToken(answer);
};

const isGranted = ({ answer }: FailedGrant): boolean =>
  answer !== undefined && answer.status < 300 && !answer.isMalformed;

const THE_REST = 'only `--spend` tries that';

const lastWords: Readonly<Record<string, string>> = {
  refresh_token: `What is left is the refresh token itself, and ${THE_REST}`,
  password: `What is left is the name and the password, and ${THE_REST}`,
  authorization_code: `What is left is the code itself, and ${THE_REST}`,
};

const ofRequest = ({ request }: FailedGrant): Verdict => {
  const left = lastWords[request?.grantType ?? ''] ?? `What is left is what was not sent, and ${THE_REST}`;
  return cannotTell(`request, client and server fit together. ${left}`);
};

const ofSetUp = ({ request }: FailedGrant): Verdict => {
  const untried = request?.refreshToken
    ? '. The refresh token itself was not tried; only `--spend` does that'
    : '';
  return healthy(`the provider is there, and its token endpoint accepts the client${untried}`);
};

const onlyLookedAt = ({ request }: FailedGrant): Verdict =>
  cannotTell(
    `${request ? 'nothing is wrong with the request by itself' : 'nothing is wrong with what is there'}; the server was not asked`,
  );

const withoutEndpoint = ({ server }: FailedGrant): Verdict =>
  cannotTell(
    `the token endpoint is not known, since ${server?.discovery?.url ?? 'the issuer'} is no discovery document. Check --issuer, or say --token-endpoint`,
  );

const SINCE =
  'So something else was sent then, or the client was changed since. Compare with what really went out';

/** The client was refused, and the same client got through with a junk token. */
const isAcceptedNow = ({ answer, isSeenLater, server }: FailedGrant): boolean =>
  answer !== undefined &&
  isSeenLater === true &&
  (/^(?:invalid|unauthorized)_client$/.test(answer.error ?? '') ||
    (answer.status === 401 && answer.error === undefined)) &&
  server?.junkTokenAnswer !== undefined &&
  isAboutToken(server.junkTokenAnswer);

/** Nothing was found, by all that could be asked. */
const ofNothing = (circumstances: Circumstances): Verdict => {
  const { failure, isRequest, isOffline, isOnlyRead, isSpent, strangeness } = circumstances;
  if (isSpent && isGranted(failure)) return healthy('the provider answered the request with new tokens');
  if (isGranted(failure) && failure.answer?.isMalformed === false)
    return healthy('the server accepted the request: its answer grants what was asked for');
  if (failure.answer)
    return cannotTell(
      isAcceptedNow(failure)
        ? `the answer was ${said(failure)}, but now the server accepts the client as it is pasted. ${SINCE}`
        : `no cause is known for the answer ${said(failure)}`,
    );
  if (isOffline || isOnlyRead) return onlyLookedAt(failure);
  if (!failure.request) return withoutEndpoint(failure);
  if (!acceptsClient(failure))
    return cannotTell(strangeness ?? `no cause is known for the answer to a junk token, ${said(failure)}`);
  return isRequest ? ofRequest(failure) : ofSetUp(failure);
};

/** Says no more than what was seen shows. */
export const verdictOn = (causes: readonly RankedCause[], circumstances: Circumstances): Verdict =>
  causes[0] ? ofCauses(causes[0], causes.length, circumstances.failure) : ofNothing(circumstances);
