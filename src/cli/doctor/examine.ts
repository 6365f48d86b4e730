import { endpointOf } from '../../explain/endpointOf.ts';
import type { FailedGrant, RequestShape, ServerFindings } from '../../explain/failedGrant.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { requestShapeOf } from '../request/requestShapeOf.ts';
import { tokenShapeOf } from '../request/tokenShapeOf.ts';
import { type Case, caseOf } from './caseOf.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import type { Examined } from './examined.ts';
import { isWebAddress, issuerOfEndpoint, originOf } from './issuers.ts';
import { type Ask, type Asked, createAsk } from './network/createAsk.ts';
import { type Discovered, discover } from './network/discover.ts';
import { interrogate } from './network/interrogate.ts';
import { spend } from './network/spend.ts';
import { isNothing, type Probes, probesFor } from './probes.ts';
import { maySpend, safetyNotes, whyOnlyRead } from './safety.ts';
import { silenceTold, toldAnswer } from './toldAnswer.ts';

/** What is known in the end. */
export interface Examination {
  readonly failure: FailedGrant;
  readonly corrected?: HttpRequest | undefined;
  readonly asked: readonly Asked[];
  /** What was left undone, and why. */
  readonly notes: readonly string[];
  readonly isSpent: boolean;
  /** The request could not be tried without spending something, or it is none to a token endpoint. */
  readonly isOnlyRead: boolean;
}

/** As the user says, as the path of the token endpoint says, as the token says. */
const issuerFor = ({ options, sent, secrets }: Examined): string | undefined => {
  const { issuer, tokenEndpoint } = options;
  const { refreshToken, accessToken } = sent
    ? requestShapeOf(sent)
    : { refreshToken: tokenShapeOf(secrets.refreshToken ?? '') };
  const inToken = refreshToken?.issuer ?? accessToken?.issuer;
  const found = issuer ?? issuerOfEndpoint(sent?.url ?? tokenEndpoint) ?? inToken;
  return isWebAddress(found) ? found : undefined;
};

/** Where nothing tells the issuer, the root of the host may be one; that it is none says nothing. */
const discoverFor = async (ask: Ask, examined: Examined): Promise<Discovered | undefined> => {
  const { options, sent, limits } = examined;
  const issuer = issuerFor(examined);
  if (issuer !== undefined) return discover(ask, issuer, limits);
  const root = originOf(sent?.url ?? options.tokenEndpoint);
  const found = isWebAddress(root) ? await discover(ask, root, limits) : undefined;
  return found?.discovery.isMetadata ? found : undefined;
};

const clientIdOf = ({ clientId }: DoctorOptions, shape: RequestShape): string | undefined =>
  shape.clientId || shape.basicClientId || clientId || shape.refreshToken?.authorizedParty;

const findingsOf = (discovered: Discovered | undefined): ServerFindings | undefined =>
  discovered && { discovery: discovered.discovery, issuerNearby: discovered.nearby };

const findings = async (
  ask: Ask,
  { options, secrets }: Examined,
  { request, shape }: Case,
  discovered: Discovered | undefined,
  probes: Probes,
): Promise<ServerFindings | undefined> => {
  if (isNothing(probes)) return findingsOf(discovered);
  const clientId = clientIdOf(options, shape);
  // An address ends up in logs.
  const shown = Object.values(secrets).includes(clientId) ? undefined : clientId;
  return interrogate(ask, { request, probes, origin: shape.origin, clientId: shown, discovered });
};

const silenceOf = ({ options, silence: pasted, mention }: Examined): FailedGrant => {
  const silence = silenceTold(options) ?? pasted;
  return {
    ...(silence && { noAnswer: silence.reason, complaint: silence.complaint }),
    ...(mention && { mention }),
  };
};

const failureOf = (examined: Examined, known: FailedGrant): FailedGrant => {
  const { options, io, sent, told } = examined;
  const answer = toldAnswer(options, told, sent?.url);
  return {
    nowSeconds: Math.floor(io.nowMs() / 1000),
    answer,
    isSeenLater: answer !== undefined && known.answer === undefined,
    ...silenceOf(examined),
    ...known,
  };
};

const lookOnly = (examined: Examined): Examination => {
  const { shape: request, corrected } = caseOf(examined) ?? {};
  return {
    failure: failureOf(examined, { request }),
    corrected,
    asked: [],
    notes: [],
    isSpent: false,
    isOnlyRead: false,
  };
};

const lookAndAsk = async (examined: Examined): Promise<Examination> => {
  const { ask, asked } = createAsk(examined.io, examined.limits, examined.cover);
  const discovered = await discoverFor(ask, examined);
  const looked = caseOf(examined, discovered?.discovery.tokenEndpoint);
  if (!looked) {
    const failure = failureOf(examined, { server: findingsOf(discovered) });
    return { failure, asked, notes: [], isSpent: false, isOnlyRead: false };
  }
  const { request, shape, corrected } = looked;
  const probes = probesFor(examined, looked, discovered?.discovery.tokenEndpoint);
  const server = await findings(ask, examined, looked, discovered, probes);
  const isSpent = maySpend(examined, looked);
  const spent = isSpent ? { answer: await spend(ask, request, shape.origin) } : {};
  const failure = failureOf(examined, { request: shape, server, ...spent });
  const isOnlyRead = examined.sent !== undefined && isNothing(probes) && !isSpent;
  const endpoint = endpointOf(shape, discovered?.discovery);
  const unsent = isOnlyRead ? whyOnlyRead(examined, request, endpoint) : [];
  const notes = [...safetyNotes(examined, looked), ...unsent];
  return { failure, corrected, asked, notes, isSpent, isOnlyRead };
};

/** Looks at the request, and unless that is all that was wanted asks the server. */
export const examine = async (examined: Examined): Promise<Examination> =>
  examined.options.offline ? lookOnly(examined) : lookAndAsk(examined);
