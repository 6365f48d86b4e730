import type { HttpBody } from '../../curl/httpRequest.ts';
import type { FindRequests, FoundRequest } from '../formReader.ts';
import { readable } from '../readable.ts';
import { formBody, rawBody, requestFromParts, type RequestParts } from '../requestFromParts.ts';
import { powershell } from './languages.ts';
import { powershellScope } from './powershellScope.ts';
import { powershellReader } from './powershellValue.ts';
import { bodyOf, type Resolver, resolver } from './resolver.ts';
import { type Token, tokensOf } from './token.ts';
import type { Value } from './value.ts';

const COMMAND = /^(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)$/i;
const ANYWHERE = /\b(?:Invoke-RestMethod|Invoke-WebRequest)\b|(?:^|[\s|({=>])(?:irm|iwr)\s/im;

const FLAG =
  /^-(?:UseBasicParsing|UseDefaultCredentials|SkipCertificateCheck|SkipHttpErrorCheck|AllowUnencryptedAuthentication|DisableKeepAlive|NoProxy|PassThru|Resume|SkipHeaderValidation|PreserveAuthorizationOnRedirect|FollowRelLink|Verbose|Debug)\b/i;

type Parameters = ReadonlyMap<string, Value>;
type Reader = ReturnType<typeof powershellReader>;

/** A parameter may be cut short as long as it is plain which is meant. */
const NAMES = [
  'uri',
  'method',
  'body',
  'headers',
  'contenttype',
  'form',
  'authentication',
  'token',
  'credential',
  'useragent',
];

const fullName = (written: string): string => {
  const name = written.replace(/^-/, '').replace(/:$/, '').toLowerCase();
  return NAMES.find((each) => each.startsWith(name)) ?? name;
};

const isEnd = (token: Token | undefined, at: Reader, index: number): boolean =>
  token === undefined || at.isLine(index) || /^[|)}]$/.test(token.kind === 'mark' ? token.written : '');

/** The parameters behind a command; `@name` stands for those of a variable. */
const parametersAt = (tokens: readonly Token[], start: number, reader: Reader, resolve: Resolver) => {
  const parameters = new Map<string, Value>();
  let at = start;
  while (!isEnd(tokens[at], reader, at)) {
    const { written, kind } = tokens[at]!;
    const isName = kind === 'word' && /^-[A-Za-z]/.test(written);
    if (isName && FLAG.test(written)) at += 1;
    else if (reader.isMark(at, '@') && tokens[at + 1]?.kind === 'word') {
      for (const [name, value] of resolve.record({ kind: 'name', name: tokens[at + 1]!.written }))
        parameters.set(fullName(name), value);
      at += 2;
    } else {
      const { value, end } = reader.expression(isName ? at + 1 : at);
      const name = isName ? fullName(written) : 'uri';
      if (isName || !parameters.has('uri')) parameters.set(name, value);
      at = Math.max(end, at + 1);
    }
  }
  return { parameters, end: at };
};

const FORM = 'application/x-www-form-urlencoded';

const isGet = (method: string): boolean => /^(?:get|head)$/i.test(method);

const partsOf = (parameters: Parameters, resolve: Resolver): RequestParts => {
  const textOf = (name: string) => {
    const value = parameters.get(name);
    return value === undefined ? undefined : resolve.text(value);
  };
  const form = parameters.get('form');
  const matter = resolve.body(parameters.get('body'));
  const method = textOf('method') ?? (form ? 'POST' : 'GET');
  const isQuery = isGet(method) && matter?.kind === 'record';
  const body: HttpBody | undefined = form
    ? { kind: 'multipart', parts: resolve.fields(form) }
    : bodyOf(matter, 'form');
  return {
    method,
    url: textOf('uri') ?? '',
    query: isQuery ? matter.fields : [],
    headers: resolve.fields(parameters.get('headers')),
    body: isQuery ? undefined : matter?.kind === 'record' ? formBody(matter.fields) : (body ?? rawBody('')),
    contentType: textOf('contenttype') ?? (form ? 'multipart/form-data' : isGet(method) ? undefined : FORM),
    bearer: /^bearer|oauth$/i.test(textOf('authentication') ?? '') ? textOf('token') : undefined,
  };
};

interface FoundParts {
  readonly start: number;
  readonly end: number;
  readonly parts: RequestParts;
}

const foundIn = (text: string): readonly FoundParts[] => {
  const tokens = tokensOf(text, powershell);
  const reader = powershellReader(tokens);
  const scope = powershellScope(tokens, reader);
  const found: FoundParts[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind !== 'word' || !COMMAND.test(token.written)) continue;
    const resolve = resolver(scope);
    const { parameters, end } = parametersAt(tokens, at + 1, reader, resolve);
    if (parameters.size === 0) continue;
    const parts = partsOf(parameters, resolve);
    const last = tokens[Math.min(end, tokens.length) - 1]!;
    found.push({ start: token.start, end: last.end, parts: { ...parts, filledIn: [...resolve.filledIn] } });
    at = Math.max(at, end - 1);
  }
  return found;
};

const toRequest = ({ start, end, parts }: FoundParts): FoundRequest => ({
  start,
  end,
  request: requestFromParts(parts),
});

/** What PowerShell repeats of a script where it tells an error, 7 behind the number of the line, 5.1 behind a plus sign. */
const ECHO = /^(?<mark>[^\S\n]*\d+ \||\+ )(?<code>.*)$/gm;
/** The name in front of an error is no command. */
const COMPLAINT = /^(?:Invoke-\w+|irm|iwr)[^\S\n]?:(?=\s)/gim;

const blank = (written: string): string => ' '.repeat(written.length);

/** It is cut off in the middle of a string. */
const closed = (code: string): string =>
  code.replace(/(?:…|\.{3})\s*$/, (cut) =>
    code.split('"').length % 2 === 0 ? `"${blank(cut.slice(1))}` : blank(cut),
  );

/** The commands of PowerShell that ask, with the variables of the lines around them; one that is only repeated, if there is no other. */
export const powershellRequests: FindRequests = (text) => {
  if (!ANYWHERE.test(text)) return [];
  const plain = text.replaceAll(COMPLAINT, blank);
  const found = foundIn(plain.replaceAll(ECHO, blank));
  if (found.length > 0) return readable(found, toRequest);
  const repeated = foundIn(
    plain.replaceAll(ECHO, (_line, mark: string, code: string) => blank(mark) + closed(code)),
  );
  return repeated.length === 0
    ? []
    : readable(repeated, ({ parts, ...place }) =>
        toRequest({ ...place, parts: { ...parts, isSketch: true } }),
      );
};
