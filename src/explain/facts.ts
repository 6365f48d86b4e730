import { parseUrl } from '../url/parseUrl.ts';
import type { KnownProvider } from './cause.ts';
import { endpointOf } from './endpointOf.ts';
import type {
  EndpointKind,
  FailedGrant,
  GrantAnswer,
  NoAnswer,
  RequestShape,
  ServerFindings,
  TokenShape,
} from './failedGrant.ts';
import { providerOf } from './providerOf.ts';

/** How a junk token fared: `passed` all checks up to the token itself, or was refused before. */
type ProbeResult = 'passed' | 'refused';

/** What is known of a failure, with what follows from it. */
export interface Facts {
  /** The answer, or what a junk token was answered before it came to the token. */
  readonly answer: GrantAnswer | undefined;
  /** It was a junk token's. */
  readonly isOfProbe: boolean;
  readonly noAnswer: NoAnswer | undefined;
  readonly complaint: string | undefined;
  readonly request: RequestShape | undefined;
  readonly endpoint: EndpointKind;
  /** Of the request, or where there is none as it was mentioned. */
  readonly grantType: string | undefined;
  /** Whose the server is. `other`: not Keycloak. `undefined`: nothing tells. */
  readonly provider: KnownProvider | 'other' | undefined;
  readonly refreshToken: TokenShape | undefined;
  readonly server: ServerFindings;
  readonly probe: ProbeResult | undefined;
  readonly corrected: ProbeResult | undefined;
  /** The corrected request was of the client that the token was issued to, not of the one that was named. */
  readonly isCorrectedOfOther: boolean;
  readonly url: URL | undefined;
  readonly issuer: URL | undefined;
  /** The client's own clock. */
  readonly nowSeconds: number | undefined;
  /** The answer came at some time before that. */
  readonly isSeenLater: boolean;
  /** The server's, where the difference is known. */
  readonly serverNowSeconds: number | undefined;
}

/** The realm in the path of a Keycloak address. */
export const realmOf = (url: URL | undefined): string | undefined =>
  /\/realms\/([^/]+)/.exec(url?.pathname ?? '')?.[1];

/** `invalid_grant` is the first answer that is about the token; Keycloak's revocation says `invalid_token` with 200. */
export const isAboutToken = ({ status, error }: GrantAnswer): boolean =>
  error === 'invalid_grant' || (status === 200 && error === 'invalid_token');

const probeResultOf = (answer: GrantAnswer | undefined): ProbeResult | undefined => {
  if (!answer) return undefined;
  return isAboutToken(answer) ? 'passed' : 'refused';
};

export const isLoopback = ({ hostname }: URL): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** Of a shell, a program or a tool: with one in it nobody knows where the request went. */
const VARIABLE = /[{<]|\$[A-Z_(]|^https?:\/\/[^/]*[$`*]/;

/** A refused client (RFC 6749 §5.2), and not a word of who refused it. */
const isWordless = (answer: GrantAnswer): boolean =>
  answer.status === 401 &&
  !answer.isStatusUnknown &&
  /json/.test(answer.contentType ?? 'json') &&
  [answer.error, answer.errorDescription, answer.challenge].every((said) => !said);

/** The provider says the same in words, and nothing tells that somebody else has answered. */
const isSameAs = (probe: GrantAnswer, { status, sender = probe.sender }: GrantAnswer): boolean =>
  probe.status === status && probe.error !== undefined && probe.sender === sender;

/** A page that was not allowed to read the answer knows less than the probe, and so does who knows its status only. */
const answerOf = ({ answer, noAnswer, server }: FailedGrant): GrantAnswer | undefined => {
  const probe = probeResultOf(server?.junkTokenAnswer) === 'refused' ? server?.junkTokenAnswer : undefined;
  if (!answer) return noAnswer && noAnswer !== 'hidden' ? undefined : probe;
  const isSame = probe !== undefined && isWordless(answer) && isSameAs(probe, answer);
  return isSame ? { ...answer, ...probe, isErrorUnknown: undefined } : answer;
};

/** Only a token endpoint must answer with tokens. What `WWW-Authenticate` says counts where the body says nothing. */
const answerAt = (endpoint: EndpointKind, answer: GrantAnswer | undefined): GrantAnswer | undefined =>
  answer && {
    ...answer,
    error: answer.error ?? answer.challengeError,
    isErrorUnknown: answer.isErrorUnknown && answer.challengeError === undefined,
    errorDescription: answer.errorDescription ?? answer.challengeDescription,
    isMalformed: answer.isMalformed && (endpoint === 'token' || answer.status >= 300),
  };

/** Nobody but a resource says `Bearer` (RFC 6750 §3), where the request is not known. */
const endpointFor = ({ request, answer, mention, server }: FailedGrant): EndpointKind => {
  const isOfResource = answer?.challenge === 'bearer' || answer?.error === 'insufficient_scope';
  if (request) return endpointOf(request, server?.discovery);
  if (mention?.endpoint === 'userinfo') return 'userinfo';
  return isOfResource ? 'api' : (mention?.endpoint ?? 'token');
};

export const factsOf = (failure: FailedGrant): Facts => {
  const { request, server = {}, nowSeconds } = failure;
  const endpoint = endpointFor(failure);
  const answer = answerAt(endpoint, answerOf(failure));
  const owner = request?.refreshToken?.authorizedParty;
  const named = request?.clientId ?? request?.basicClientId;
  const difference = server.clockDifferenceSeconds;
  const isTimed = nowSeconds !== undefined && difference !== undefined;
  return {
    answer,
    isOfProbe: answer !== undefined && !failure.answer,
    noAnswer: answer ? undefined : failure.noAnswer,
    complaint: failure.complaint,
    request,
    endpoint,
    grantType: request ? request.grantType : failure.mention?.grantType,
    provider: providerOf(failure),
    refreshToken: request?.refreshToken,
    server,
    probe: probeResultOf(server.junkTokenAnswer),
    corrected: probeResultOf(server.correctedAnswer),
    isCorrectedOfOther: owner !== undefined && named !== undefined && owner !== named,
    url: VARIABLE.test(request?.url ?? '') ? undefined : parseUrl(request?.url ?? ''),
    issuer: parseUrl(request?.refreshToken?.issuer ?? ''),
    nowSeconds,
    isSeenLater: failure.isSeenLater ?? false,
    serverNowSeconds: isTimed ? nowSeconds + difference : undefined,
  };
};
