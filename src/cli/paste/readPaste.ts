import { CliError } from '../cliError.ts';
import { addressExchange, fitsAddress, requestInWords } from './addressExchange.ts';
import { answerAlone, toldIn } from './answerAlone.ts';
import { curlRequests } from './command/curlRequests.ts';
import { brunoRequests } from './document/brunoRequests.ts';
import { readDocuments } from './document/readDocuments.ts';
import { readInsomniaYaml } from './document/readInsomniaYaml.ts';
import { clientRequests } from './code/clientRequests.ts';
import { codeRequests } from './code/codeRequests.ts';
import { withoutDart } from './code/withoutDart.ts';
import { powershellRequests } from './code/powershellRequests.ts';
import { httpieRequests } from './command/httpieRequests.ts';
import { wgetRequests } from './command/wgetRequests.ts';
import { withHereStrings } from '../curl/shell/hereDocuments.ts';
import { withFileVariables } from './http/fileVariables.ts';
import type { Exchange } from './exchange.ts';
import type { FindRequests, FoundRequest } from './formReader.ts';
import { httpRequests } from './http/httpRequests.ts';
import { withoutNetworkPanel } from './http/networkPanel.ts';
import { withoutPostmanConsole } from './http/postmanConsole.ts';
import { withoutLogs } from './log/withoutLogs.ts';
import { configRequests } from './sketch/configRequests.ts';
import { kcadmRequests } from './sketch/kcadmRequests.ts';
import { plainText } from './plainText.ts';
import type { Tool } from './toolOf.ts';
import { whatItIs } from './whatItIs.ts';
import { withTrace } from './withTrace.ts';

/** The first that finds something counts. */
const forms: readonly (readonly [find: FindRequests, tool?: Tool])[] = [
  [brunoRequests, 'bruno'],
  [curlRequests, 'curl'],
  [httpieRequests, 'httpie'],
  [wgetRequests, 'wget'],
  [powershellRequests, 'powershell'],
  [clientRequests],
  [codeRequests],
  [httpRequests],
  [kcadmRequests],
  [configRequests],
];

const UNKNOWN =
  'There is no request in the input that can be read. In the browser: network panel, right-click the request, "Copy as cURL", and paste that with the answer below it';

const MOST_BESIDE_CODE = 20;
const MOST_CHARACTERS = 1_000_000;

/** A command that works often stands beside the code that does not. */
const withCode = (commands: readonly FoundRequest[], text: string): readonly FoundRequest[] => {
  if (commands.length > MOST_BESIDE_CODE) return commands;
  const others = inCode(text).filter(({ start, end }) =>
    commands.every((command) => end <= command.start || start >= command.end),
  );
  return [...commands, ...others].toSorted((one, other) => one.start - other.start);
};

/** What cannot be read is no matter where there is something that can. */
const inCode: FindRequests = (text) => {
  try {
    return codeRequests(text);
  } catch (error) {
    if (error instanceof CliError) return [];
    throw error;
  }
};

const found = (text: string): readonly FoundRequest[] => {
  for (const [find, tool] of forms) {
    const requests = find(text).map(({ start, end, request, label, tool: own = tool }): FoundRequest => ({
      start,
      end,
      request,
      label,
      tool: own,
    }));
    if (requests.length > 0) return find === curlRequests ? withCode(requests, text) : requests;
  }
  return [];
};

/** What an editor does with an answer, and where it keeps requests apart. */
const withoutRemarks = (text: string): string => text.replaceAll(/^###.*$|^[<>] ?\{%[^]{0,20000}?%\}/gm, '');

type Told = Pick<Exchange, 'answer' | 'silence'>;

/** What stands between a request and the next one is what it was answered, if it is an answer. */
const answersTo = (requests: readonly FoundRequest[], text: string): readonly Told[] => {
  const below = requests.map(({ end }, at) =>
    toldIn(withoutRemarks(text.slice(end, requests[at + 1]?.start))),
  );
  if (below.some(({ answer, silence }) => answer ?? silence)) return below;
  // Some begin with what they were told.
  const above = toldIn(text.slice(0, requests[0]?.start));
  return below.map((none, at) => (at === 0 ? above : none));
};

/**
 * The requests in what a person pastes, each with its answer; an answer alone, if that is all there is.
 *
 * @throws CliError in one line, without a word of what was pasted, if there is neither.
 */
export const readPaste = (pasted: string): readonly Exchange[] => {
  const documents = /^\uFEFF?\s*\{/.test(pasted) ? readDocuments(pasted.replace(/^\uFEFF/, '')) : undefined;
  if (documents) return documents;
  const ofInsomnia = readInsomniaYaml(pasted.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  if (ofInsomnia) return ofInsomnia;
  if (pasted.length > MOST_CHARACTERS) throw new CliError('The input is longer than requests can be');
  const text = withHereStrings(
    withFileVariables(
      withoutDart(withoutLogs(withoutNetworkPanel(withoutPostmanConsole(plainText(pasted))))),
    ),
  );
  const requests = found(text);
  const answers = answersTo(requests, text);
  if (requests.length > 0)
    return requests.map(({ request, end, label, tool }, at) => ({
      request: withTrace(request, text.slice(end, requests[at + 1]?.start)),
      answer: answers[at]?.answer,
      silence: answers[at]?.silence,
      tool,
      label,
    }));
  const address = addressExchange(text);
  if (address) return [address];
  const named = requestInWords(text);
  const told = named && toldIn(named.rest);
  if (named && fitsAddress(named.request, told?.answer)) return [{ request: named.request, ...told }];
  const alone = answerAlone(text);
  if (alone) return [alone];
  throw whatItIs(text) ?? new CliError(UNKNOWN);
};
