import { descriptionIn } from './descriptionIn.ts';
import { escapedAnswerIn } from './escapedAnswerIn.ts';
import type { HttpAnswer } from '../exchange.ts';
import { jsonAnswerIn } from './jsonAnswerIn.ts';
import { statusIn } from './statusIn.ts';
import { wireAnswerIn } from './wireAnswerIn.ts';

/** `error: invalid_grant`, `AADSTS700016: …`: a code of OAuth or of Entra that stands in words. */
const CODE =
  /(?<!\b(?:instead of|rather than|expected|expecting) ["'`“]?)(?:\b(?:invalid_(?:request|client|grant|scope|token|target|redirect_uri|dpop_proof|client_metadata|user_code)|unauthorized_client|unsupported_(?:grant|response|token)_type|insufficient_scope|access_denied|server_error|temporarily_unavailable|(?:login|consent|interaction|account_selection|mfa)_required|slow_down|authorization_(?:pending|declined)|expired_token|incorrect_device_code|use_dpop_nonce|redirect_uri_mismatch|bad_verification_code|incorrect_client_credentials)\b|\bAuthorization_RequestDenied\b|\b(?:AADSTS|AADB2C)\d{4,8}\b)/;

const PAGE = /<!doctype html|<html[\s>]/i;

/** Not the rest of some JSON that is cut off, nor fields of a request. */
const SENTENCE = /^[^{}=\\]{0,1000}$/;

/** Punctuation, or a sentence that begins: not the words of somebody who tells of it. */
const OF_SERVER = /^(?:["'`]?\s*(?:[:([–—-]|[A-Z])|["'`]?,?\s+["'](?=[^"'\s]))/;

/** What follows a code in its line; the line below, if it is the last word of its own. */
const restOf = (line: string, code: string, below: string): string | undefined => {
  const behind = line.slice(line.indexOf(code) + code.length);
  const rest = /^["'`.]?\s*$/.test(behind) ? below.trim() : behind;
  if (!OF_SERVER.test(rest)) return undefined;
  return SENTENCE.test(rest)
    ? rest
        .replace(/^["'\s:,.()\]-]+/, '')
        .slice(0, 500)
        .replace(/["'\s\])]+$/, '') || undefined
    : undefined;
};

const isNumber = (code: string): boolean => code.startsWith('AAD');

/** The line that tells most: one with a number of Entra, else the first with a code. */
const toldIn = (lines: readonly string[]): number => {
  const numbered = lines.findIndex((line) => isNumber(CODE.exec(line)?.[0] ?? ''));
  return numbered === -1 ? lines.findIndex((line) => CODE.test(line)) : numbered;
};

/** A sentence of another line is of the same message only where no other message begins between. */
const OWN_MESSAGE =
  /^\s*(?:\[?\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|(?:\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE)\b))/i;

const isFirst = (line: string): boolean => OWN_MESSAGE.test(line);

/** The lines of the message that a line belongs to. */
const messageAround = (lines: readonly string[], at: number): string => {
  if (!lines.some(isFirst)) return lines.join('\n');
  const start = Math.max(
    lines.findLastIndex((line, index) => index <= at && isFirst(line)),
    0,
  );
  const next = lines.findIndex((line, index) => index > at && isFirst(line));
  return lines.slice(start, next === -1 ? undefined : next).join('\n');
};

const sentenceBelow = (lines: readonly string[], at: number): string => {
  const below = lines.slice(at + 1).find((line) => line.trim() !== '') ?? '';
  return isFirst(below) ? '' : below;
};

/** As Keycloak's own commands say it: `HTTPS required [invalid_request]`. */
const TAGGED = /^\s*([A-Z][^[\]{}=]{3,300}) \[[a-z_]+\]\s*$/;

/** A code in words with what explains it, as JSON would have it. */
const inWords = (text: string): string | undefined => {
  const lines = text.split('\n');
  const at = toldIn(lines);
  const line = lines[at] ?? '';
  const [code] = CODE.exec(line) ?? [];
  if (code === undefined) return undefined;
  const description =
    TAGGED.exec(line)?.[1] ??
    descriptionIn(line) ??
    descriptionIn(messageAround(lines, at)) ??
    restOf(line, code, sentenceBelow(lines, at));
  return JSON.stringify({
    ...(!isNumber(code) && { error: code }),
    error_description: description,
  });
};

/** An object without a code says less than a code that stands elsewhere. */
const codedIn = (json: string | undefined, told: string | undefined): string | undefined =>
  json !== undefined &&
  told !== undefined &&
  !/\b(?:\w*error\w*|\w*code|__type|active|sub|keys|issuer)\\?["']?\s*:/i.test(json)
    ? told
    : json;

/** A header that stands among other words. */
const challengesIn = (text: string): HttpAnswer['headers'] => {
  const [, value] = /\bwww-authenticate["']?\s*[:=]\s*["']?([^\n]{1,2000})/i.exec(text) ?? [];
  return value === undefined ? [] : [['WWW-Authenticate', value.trim()]];
};

/** The answer in a text: as on the wire, as an object, as a page, or told in words. `undefined`: there is none. */
export const answerIn = (text: string): HttpAnswer | undefined => {
  const wire = wireAnswerIn(text);
  if (wire) return wire;
  const page = PAGE.exec(text);
  const headers = challengesIn(text);
  const told = headers.length > 0 ? undefined : inWords(text);
  const json = jsonAnswerIn(text) ?? escapedAnswerIn(text);
  const body = codedIn(json, told) ?? (page ? text.slice(page.index) : told);
  const status = statusIn(body === undefined || page ? text : text.replace(body, () => ' '));
  const isNothing = body === undefined && status === undefined && headers.length === 0;
  return isNothing ? undefined : { status, headers, text: body ?? '' };
};
