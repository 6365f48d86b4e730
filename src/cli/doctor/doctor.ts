import type { RankedCause } from '../../explain/explanation.ts';
import { endpointOf, isTokenAddress } from '../../explain/endpointOf.ts';
import { explain } from '../../explain/index.ts';
import type { EndpointKind } from '../../explain/failedGrant.ts';
import { CliError } from '../cliError.ts';
import { type CliIo, defaultLimits, type ExitStatus } from '../cliIo.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import { maskFor } from '../curl/mask.ts';
import { toCurl } from '../curl/toCurl.ts';
import { nextCause, withNext } from './nextCause.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import { type Examination, examine } from './examine.ts';
import type { Examined } from './examined.ts';
import { inTool } from './inTool.ts';
import { issuerCauses } from './issuerCauses.ts';
import { originOf } from './issuers.ts';
import { asJson } from './masking/asJson.ts';
import type { Cover } from './masking/createCover.ts';
import { createReadText } from './readText.ts';
import type { Report } from './report/report.ts';
import { reportJson } from './report/reportJson.ts';
import { reportText } from './report/reportText.ts';
import type { Asked } from './network/createAsk.ts';
import { terminalFor } from './report/terminal.ts';
import { requestFrom } from './requestFrom.ts';
import { type Secrets, secretsFrom } from './secrets.ts';
import { isUnderstood, strangenessOf } from './strangeness.ts';
import { tokenEndpointOf } from './tokenEndpoints.ts';
import { exitStatusOf, verdictOn } from './verdict.ts';
import { withRightAddress } from './withRightAddress.ts';
import { withGiven } from './withGiven.ts';

/** Whether the options name another server than the one that the request goes to. */
const isElsewhere = ({ issuer, tokenEndpoint }: DoctorOptions, { url }: HttpRequest): boolean => {
  const [named, asked] = [originOf(tokenEndpoint ?? issuer), originOf(url)];
  return named !== undefined && asked !== undefined && named !== asked;
};

/** Secrets that are given beside the options are for the server that those name. */
const givenBeside = (
  { clientId }: DoctorOptions,
  { clientSecret, refreshToken }: Secrets,
  isOther: boolean,
) =>
  isOther
    ? { client_id: clientId }
    : { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };

/** Put into a form as it is, a secret with an `&` in it falls into fields. */
const piecesOf = (secret = ''): readonly string[] => (secret.includes('&') ? secret.split(/[&=+]/) : []);

const KEPT =
  'The request goes to another server than the options name, so no secret went there that was given beside it. If it belongs there, leave --issuer and --token-endpoint out.';

const gather = async (options: DoctorOptions, io: CliIo, cover: Cover): Promise<Examined> => {
  const limits = { ...defaultLimits, ...io.limits };
  const readText = createReadText(io, limits);
  const secrets = await secretsFrom(options, io, readText);
  for (const secret of Object.values(secrets)) [secret, ...piecesOf(secret)].forEach(cover.add);
  const pasted = await requestFrom(options, io, readText, cover);
  const { sent: written, answer: told, silence, mention, tool } = pasted;
  const isOther = written !== undefined && isElsewhere(options, written);
  const sent = written && withGiven(written, givenBeside(options, secrets, isOther));
  const isKept = isOther && (secrets.clientSecret ?? secrets.refreshToken) !== undefined;
  const notes = [...pasted.notes, ...(isKept ? [KEPT] : [])];
  if (options.spend && !sent && secrets.refreshToken === undefined) {
    throw new CliError('--spend needs a refresh token or a request to send');
  }
  return { options, sent, written, told, silence, mention, tool, isKept, notes, secrets, io, limits, cover };
};

const SPENT =
  'The request was sent as it is. Where refresh tokens rotate, yours is used up now: sign in again.';

/** Answers of something that is no provider explain nothing. */
const explained = (
  { options, tool }: Examined,
  { failure, corrected }: Examination,
  isHeard: boolean,
): readonly RankedCause[] => {
  const { server: _server, ...withoutServer } = failure;
  const known = isHeard ? failure : withoutServer;
  return [
    ...issuerCauses(options.issuer, failure.server?.discovery),
    ...withNext(explain(known), isHeard ? nextCause(failure, corrected) : undefined),
  ].map((cause) => inTool(cause, tool));
};

/** Of a request that nobody was asked about it counts only that nobody is there. */
const strangerOf = ({ asked, isOnlyRead }: Examination): string | undefined =>
  strangenessOf(isOnlyRead ? asked.filter(({ noAnswer }) => noAnswer) : asked);

const isOfTokenEndpoint = ({ method }: Asked): boolean => method !== 'GET' && method !== 'OPTIONS';

/** Of a token request only, and only where the address is known to be that of a token endpoint. */
const correctionOf = (
  { options, sent }: Examined,
  { failure, corrected }: Examination,
  endpoint: EndpointKind,
  causes: readonly RankedCause[],
): string | undefined => {
  if (!corrected || endpoint !== 'token') return undefined;
  const named = [failure.server?.discovery?.tokenEndpoint, options.tokenEndpoint];
  const isThere = isTokenAddress(corrected.url) || tokenEndpointOf(corrected, named) !== undefined;
  // A secret in a field that the correction drops is known from the request as it was.
  return !sent || isThere
    ? toCurl(withRightAddress(corrected, causes, failure), sent && maskFor(sent))
    : undefined;
};

const WHAT_WAS_ANSWERED =
  'What was answered is not known: paste it below the request (`curl -i`), or say it with --answer, --status and --error.';

const reportOn = (examined: Examined, examination: Examination): Report => {
  const { options, sent } = examined;
  const { failure, asked, isSpent, isOnlyRead } = examination;
  const endpoint = endpointOf(failure.request, failure.server?.discovery);
  const isHeard = options.offline || isUnderstood(asked);
  const causes = explained(examined, examination, isHeard);
  const stranger = isHeard ? undefined : strangerOf(examination);
  if (stranger !== undefined && causes.length === 0) throw new CliError(stranger);
  const verdict = verdictOn(causes, {
    failure,
    strangeness: strangenessOf(asked.filter(isOfTokenEndpoint)),
    isRequest: sent !== undefined,
    isOffline: options.offline,
    isSpent,
    isOnlyRead,
  });
  const isUntold = sent !== undefined && endpoint !== 'token' && !failure.answer && !failure.noAnswer;
  const notes = [
    examined.notes ?? [],
    isSpent ? SPENT : [],
    stranger ?? [],
    examination.notes,
    isUntold ? WHAT_WAS_ANSWERED : [],
  ].flat();
  return {
    verdict,
    endpoint: failure.request && endpoint,
    causes,
    failure,
    asked,
    notes,
    corrected: correctionOf(examined, examination, endpoint, causes),
  };
};

const textOf = (report: Report, { env, stdout }: CliIo): string =>
  reportText(report, terminalFor(env, stdout));

/** Looks, asks, tells. */
export const doctor = async (options: DoctorOptions, io: CliIo, cover: Cover): Promise<ExitStatus> => {
  const examined = await gather(options, io, cover);
  const report = reportOn(examined, await examine(examined));
  io.stdout.write(options.json ? asJson(reportJson(report), cover) : cover.hide(textOf(report, io)));
  return exitStatusOf(report.verdict);
};
