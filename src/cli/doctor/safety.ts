import type { EndpointKind } from '../../explain/failedGrant.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { isRepeatable, partsStoodIn } from '../request/withJunkToken.ts';
import type { Field } from '../request/field.ts';
import { requestShapeOf } from '../request/requestShapeOf.ts';
import type { Case } from './caseOf.ts';
import type { Examined } from './examined.ts';
import { originOf } from './issuers.ts';
import { withoutQuery } from './network/withoutQuery.ts';

/** Secrets go to no host that the user did not name; a request names its own, unless a variable stands there. */
const isNamed = ({ sent }: Examined, { endpoint }: Case): boolean =>
  sent ? originOf(sent.url) !== undefined : endpoint?.isNamed === true;

/** A junk token is no secret, a client secret is one. */
export const mayProbe = (examined: Examined, looked: Case): boolean =>
  isNamed(examined, looked) || examined.secrets.clientSecret === undefined;

/** Sent as it stands, a variable is refused and nothing is learned. */
const isUnfilled = ({ request }: Case): boolean =>
  Object.values(requestShapeOf(request).fields).some(({ isUnknown }) => isUnknown);

export const maySpend = (examined: Examined, looked: Case): boolean =>
  examined.options.spend && isNamed(examined, looked) && !looked.request.isSketch && !isUnfilled(looked);

/** What was left undone for safety. */
export const safetyNotes = (examined: Examined, looked: Case): readonly string[] => {
  const { endpoint } = looked;
  if (!endpoint || endpoint.isNamed) return [];
  const isLess = !mayProbe(examined, looked) || (examined.options.spend && !maySpend(examined, looked));
  const where = `The server states a token endpoint on another host, ${withoutQuery(endpoint.url)}.`;
  const what = isLess ? 'No secret goes there unasked, so less was tried' : 'No secret was sent there';
  return [`${where} ${what}. If it is right, say it with --token-endpoint.`];
};

const givenBy: Readonly<Record<string, string>> = {
  client_id: '--client-id',
  client_secret: '--client-secret-file <file>',
};

/** A variable by its name; what was blacked out may hold a part of a secret. */
const standIn = ([name, value]: Field, { filledIn = [] }: HttpRequest): string => {
  const variable = filledIn.find((each) => value.includes(each) && /^[$%{]+\w+[%}]*$/.test(each));
  const what = variable ? `the variable ${variable.replaceAll(/\W/g, '')}` : `what stands for \`${name}\``;
  return `${givenBy[name]} for ${what}`;
};

/** What it would do, or would need, at other endpoints. */
const consequences: { readonly [kind in EndpointKind]?: string } = {
  authorization: 'it would begin a sign-in',
  userinfo: 'your token would have to go with it',
  introspection: 'your token would have to go with it',
  revocation: 'it would end a token',
  logout: 'it would end a session',
  device: 'it would begin a sign-in',
  registration: 'it would change clients',
  admin: 'it needs your token, and may change something',
  api: 'it may need your token, or change something',
  gateway: 'it may need your token, or change something',
};

const NO_TOKEN_ENDPOINT =
  'it is no POST to a token endpoint that is known. If it goes to one, say it with --token-endpoint';

/** Why nothing of a request was sent. Of a variable in its address it is said elsewhere. */
export const whyOnlyRead = (
  { isKept }: Examined,
  request: HttpRequest,
  endpoint: EndpointKind,
): readonly string[] => {
  if (originOf(request.url) === undefined) return [];
  const consequence = consequences[endpoint];
  if (consequence) return [`The request was only read, not sent: ${consequence}.`];
  if (request.isSketch) return ['The request was only read, since not all of it is known.'];
  const unknown = partsStoodIn(request);
  // What was given already and goes nowhere is not to be given again.
  const wanted = unknown.filter(([name]) => !isKept || name !== 'client_secret');
  const give = wanted.map((part) => standIn(part, request)).join(' and ');
  if (unknown.length > 0)
    return [`The request was only read, since its client is not known in full${give && `: give ${give}`}.`];
  return isRepeatable(request)
    ? [`The request was only read: ${NO_TOKEN_ENDPOINT}.`]
    : ["The request was only read: how it proves who it is of can be used once, or is not the client's."];
};
