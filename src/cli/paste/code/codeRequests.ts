import { CliError } from '../../cliError.ts';
import type { FindRequests, FoundRequest } from '../formReader.ts';
import { readable } from '../readable.ts';
import { requestFromParts, type RequestParts } from '../requestFromParts.ts';
import { javascriptCalls, pythonCall, type ReadCall } from './callParts.ts';
import { javascript, python } from './languages.ts';
import { valueReader } from './readValue.ts';
import { resolver } from './resolver.ts';
import { scopeOf } from './scope.ts';
import { tokensOf } from './token.ts';

const PYTHON =
  /^[^\S\n]*(?:import|from)\s{1,20}(?:requests|httpx)\b|\b(?:requests|httpx)\.(?:get|post|put|patch|delete|request)\(|\b(?:data|headers|json|auth)=(?:\{|\(|[\w.]+\s*[,()]|['"])/m;
const JAVASCRIPT =
  /\b(?:fetch|ofetch|axios\w*|ky|got)\s*[(.]|(?:\$|jQuery)\.(?:ajax|post|get)\(|\.(?:get|post|put|patch|delete)(?:<[^\n>]{1,80}>)?\(/;

const PYTHON_CALL =
  /(?:^|[._])(?:requests|httpx|session|client|s|http|aiohttp)\.(?:get|post|put|patch|delete|head|request)$/i;

const readFor = (isPython: boolean, name: string): ReadCall | undefined => {
  if (isPython) return PYTHON_CALL.test(name) ? pythonCall : undefined;
  return javascriptCalls.find(([pattern]) => pattern.test(name))?.[1];
};

const CUT_OFF = 'The call is cut off: a bracket in it is never closed. Copy all of it again';

/** What a session, an instance or an interceptor adds to each request stands elsewhere. */
const ADDED =
  /\b\w+\.(?:auth\s*=[^=]|headers(?:\.update\(|\[[^\]]{1,60}\]\s*=[^=])|defaults\.|interceptors\.)/;

interface FoundParts {
  readonly start: number;
  readonly end: number;
  readonly parts: RequestParts;
}

const foundIn = (text: string, isPython: boolean): readonly FoundParts[] => {
  const tokens = tokensOf(text, isPython ? python : javascript);
  const reader = valueReader(tokens);
  const scope = scopeOf(tokens, reader, isPython);
  const found: FoundParts[] = [];
  const isAddedTo = ADDED.test(text);
  for (let at = 0; at < tokens.length;) {
    const { name, end } = tokens[at]!.kind === 'word' ? reader.chain(at) : { name: '', end: at + 1 };
    const read = reader.written(reader.behindTypes(end)) === '(' ? readFor(isPython, name) : undefined;
    if (read && !reader.isClosed(reader.behindTypes(end))) throw new CliError(CUT_OFF);
    const call = read && reader.expression(at);
    const resolve = resolver(scope);
    const parts = call?.value.kind === 'call' ? read?.(call.value, resolve) : undefined;
    if (call && parts) {
      const last = tokens[Math.min(call.end, tokens.length) - 1]!;
      found.push({
        start: tokens[at]!.start,
        end: last.end,
        parts: { ...parts, filledIn: [...resolve.filledIn], isSketch: isAddedTo },
      });
    }
    at = Math.max(call?.end ?? end, at + 1);
  }
  return found;
};

/** Calls of fetch, axios, jQuery, Angular, ky and got, and of Python's requests and httpx. */
export const codeRequests: FindRequests = (text) => {
  const isPython = PYTHON.test(text);
  if (!isPython && !JAVASCRIPT.test(text)) return [];
  const found = foundIn(text, isPython);
  const tool = isPython ? 'python' : 'javascript';
  return found.length === 0
    ? []
    : readable(found, ({ start, end, parts }): FoundRequest => ({
        start,
        end,
        request: requestFromParts(parts),
        tool,
      }));
};
