import { describe, expect, it } from 'vitest';
import { doctorOptions } from '../../../../src/cli/doctor/doctorOptions.ts';
import { toldAnswer } from '../../../../src/cli/doctor/toldAnswer.ts';
import { matchAnswer } from '../../../../src/explain/answerMatch.ts';
import { factsOf } from '../../../../src/explain/facts.ts';
import { cli } from '../doctor/stage.ts';

const told = (...words: string[]) => toldAnswer(doctorOptions(words), undefined, undefined);
const pasted = (text: string, status?: number, headers: readonly (readonly [string, string])[] = []) =>
  toldAnswer(doctorOptions([]), { status, headers, text }, undefined);

describe('What was told by options', () => {
  it('is not told where it was left out', () => {
    expect(told('--status', '401')).toMatchObject({ status: 401, error: undefined, isErrorUnknown: true });
    expect(told('--error', 'invalid_client')).toMatchObject({ status: 401, isStatusUnknown: true });
    expect(told('--error-description', 'Session not active')).toMatchObject({
      errorDescription: 'Session not active',
      isErrorUnknown: true,
      isStatusUnknown: true,
    });
    expect(told('--status', '400', '--error', 'x')).toEqual({ status: 400, error: 'x' });
    expect(told()).toBeUndefined();
  });

  it.each([
    [
      '{"error":"invalid_grant","error_description":"Token is not active"}',
      'invalid_grant',
      'Token is not active',
    ],
    [
      "{'error': 'invalid_grant', 'error_description': \"It's not active\"}",
      'invalid_grant',
      "It's not active",
    ],
    ['invalid_grant: Token is not active', 'invalid_grant', 'Token is not active'],
    ['invalid_grant', 'invalid_grant', undefined],
    ['Realm does not exist', 'Realm does not exist', undefined],
  ])('may be the whole of it: %s', (said, error, errorDescription) => {
    expect(told('--error', said)).toMatchObject({ error, errorDescription });
  });

  it('may be the line of a status', () => {
    expect(told('--error', '401 Unauthorized')).toMatchObject({ status: 401, isErrorUnknown: true });
  });
});

describe('What other servers say', () => {
  it.each([
    [
      '{"errorCode":"E0000011","errorSummary":"Invalid token provided"}',
      'E0000011',
      'Invalid token provided',
    ],
    ['{"statusCode":401,"error":"Unauthorized","message":"Bad audience"}', 'Unauthorized', 'Bad audience'],
    ['{"error":"access_denied","error_description":"x","message":"y"}', 'access_denied', 'x'],
    [
      '{"timestamp":"2026","status":401,"error":"Unauthorized","path":"/x","message":"Full"}',
      'Unauthorized',
      'Full',
    ],
    [
      '{"detail":"Authentication credentials were not provided."}',
      undefined,
      'Authentication credentials were not provided.',
    ],
    ['{"error":{"code":403,"message":"No","status":"PERMISSION_DENIED"}}', 'PERMISSION_DENIED', 'No'],
    ['{"error":{"code":"Authorization_RequestDenied","message":"No"}}', 'Authorization_RequestDenied', 'No'],
    ['{"code":16,"message":"auth header missing","details":[]}', undefined, 'auth header missing'],
    ['{"message":"Unauthorized"}', undefined, 'Unauthorized'],
    ['{"__type":"com.amazonaws#NotAuthorizedException","message":"No"}', 'NotAuthorizedException', 'No'],
    ['{"errorMessage":"User exists"}', undefined, 'User exists'],
    ['{"fault":{"faultstring":"Invalid","detail":{"errorcode":"oauth.v2.X"}}}', 'oauth.v2.X', 'Invalid'],
    ['{"errors":[{"code":"10000","message":"No"}]}', '10000', 'No'],
    ['error=bad_verification_code&error_description=The+code', 'bad_verification_code', 'The code'],
    ['<html><title>401 Authorization Required</title>', undefined, '401 Authorization Required'],
  ])('is read as data: %s', (text, error, errorDescription) => {
    expect(pasted(text, 401)).toMatchObject({ error, errorDescription });
  });

  it('is read from the headers', () => {
    const header =
      'Bearer realm="x", error="insufficient_scope", error_description="Needs \\"more\\"", scope="openid email"';
    const answer = pasted('', 403, [
      ['WWW-Authenticate', header],
      ['Date', 'Sun, 29 Nov 2026 04:00:00 GMT'],
      ['Server', 'nginx'],
      ['Content-Type', 'text/html; charset=utf-8'],
      ['No header', 'ö\u0000'],
    ]);
    expect(answer).toMatchObject({
      challenge: 'bearer',
      challengeError: 'insufficient_scope',
      challengeDescription: 'Needs "more"',
      challengeScope: 'openid email',
      dateSeconds: 1_795_924_800,
      sender: 'nginx',
      contentType: 'text/html',
    });
  });

  it('is read from the address that an authorization endpoint redirects to', () => {
    const location = 'https://app.example/cb?error=login_required&error_description=Not+now&state=x';
    expect(pasted('', 302, [['Location', location]])).toMatchObject({
      error: 'login_required',
      errorDescription: 'Not now',
      location: 'https://app.example/cb',
    });
  });

  it('may have been cut off, or not have been copied', () => {
    expect(pasted('{"error":"invalid_gr', 400)).toMatchObject({ isErrorUnknown: true });
    expect(pasted('', 401)).toMatchObject({ isErrorUnknown: true });
    expect(pasted('', 401, [['Content-Length', '0']])?.isErrorUnknown).toBeUndefined();
  });
});

describe('An error that was not told', () => {
  const facts = factsOf({ answer: { status: 401, isErrorUnknown: true } });

  it('is not taken for none', () => {
    expect(matchAnswer(facts, [{ status: 401, error: null }])).toBeUndefined();
    expect(matchAnswer(factsOf({ answer: { status: 401 } }), [{ status: 401, error: null }])).toBeDefined();
  });

  it('may be any that comes with the status, and none that comes with another', () => {
    expect(matchAnswer(facts, [{ status: 401, error: 'invalid_client' }])).toEqual({
      weight: 0,
      says: 'The answer was 401.',
      isSpecific: false,
    });
    expect(matchAnswer(facts, [{ status: 400, error: 'invalid_grant' }])).toBeUndefined();
    expect(matchAnswer(facts, [{ error: 'invalid_grant' }])).toBeUndefined();
  });

  it('goes with the words that were told', () => {
    const answer = {
      status: 400,
      isErrorUnknown: true,
      isStatusUnknown: true,
      errorDescription: 'Session not active',
    };
    const pattern = { status: 400, error: 'invalid_grant', words: ['Session not active'] };
    expect(matchAnswer(factsOf({ answer }), [pattern])).toMatchObject({
      says: 'The answer was "Session not active".',
    });
    expect(matchAnswer(factsOf({ answer }), [{ ...pattern, words: ['Other'] }])).toBeUndefined();
  });
});

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const CURL = `curl ${TOKEN} -d grant_type=refresh_token -d client_id=web -d refresh_token=abc`;
const JSON_BODY = '{"error":"invalid_grant","error_description":"Session not active"}';

const report = async (args: readonly string[], given: Parameters<typeof cli>[1]) => {
  const { out, err } = await cli(['doctor', '--offline', '--json', ...args], given);
  expect(err).toBe('');
  return JSON.parse(out) as { answer: object; notes: string[]; request: object | null; summary: string };
};

describe('The doctor', () => {
  it('reads a file that stands there by itself', async () => {
    const { answer, request } = await report(['r.txt'], { files: { 'r.txt': `${CURL}\n${JSON_BODY}` } });
    expect(answer).toMatchObject({ error: 'invalid_grant', errorDescription: 'Session not active' });
    expect(request).toMatchObject({ clientId: 'web' });
  });

  it('reads an answer of its own file', async () => {
    const files = { r: CURL, a: `HTTP/1.1 400 Bad Request\n\n${JSON_BODY}` };
    const { answer } = await report(['r', '--answer', 'a'], { files });
    expect(answer).toMatchObject({ status: 400, error: 'invalid_grant' });
    const alone = await report(['--answer', '-'], { stdin: JSON_BODY });
    expect(alone).toMatchObject({ answer: { error: 'invalid_grant' }, request: null });
  });

  it('explains what was told alone', async () => {
    const { summary } = await report(['--error', JSON_BODY], {});
    expect(summary).toMatch(/session/i);
  });

  it('examines the one that failed, says so, and takes another that was named', async () => {
    const stdin = `curl https://app.example/a?x=secret-of-query\nHTTP/1.1 200 OK\n\n{"sub":"x"}\n${CURL}\n${JSON_BODY}\ncurl https://app.example/b`;
    const first = await report([], { stdin });
    expect(first.request).toMatchObject({ url: TOKEN });
    expect(first.notes).toEqual([
      'There are 3 requests. Number 2 is examined, since it asked for tokens and failed; --request <number> takes another:',
      '  1. GET https://app.example/a: 200',
      `  2. POST ${TOKEN}`,
      '  3. GET https://app.example/b',
    ]);
    expect(await report(['--request', '3'], { stdin })).toMatchObject({
      request: { url: 'https://app.example/b' },
    });
    const { err } = await cli(['doctor', '--offline', '--request', '4'], { stdin });
    expect(err).toBe('Cannot tell: --request 4 is not there: there are 3 requests\n');
  });
});

describe('What is told of a paste', () => {
  const SECRET = 'opq-0123456789abcdefghij';

  it('is that tokens were granted, and none of them', async () => {
    const { out, status } = await cli(['doctor', '--offline'], {
      stdin: JSON.stringify({ access_token: SECRET, refresh_token: `${SECRET}2`, expires_in: 60 }),
    });
    expect(status).toBe(0);
    expect(out).toMatch(/^Healthy: the server accepted/);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('These are tokens that were granted');
    expect(out).not.toContain(SECRET);
  });

  it('is what failed, where tokens stand beside it', async () => {
    const { out } = await cli(['doctor', '--offline'], {
      stdin: `{"access_token":"${SECRET}"}\n\n401 {"error":"invalid_token"}`,
    });
    expect(out).toContain('invalid_token');
    expect(out).not.toContain('granted');
  });

  it('is that a program beside the answer is not read', async () => {
    const program = `var res = await http.PostAsync("https://id.example/token", new FormUrlEncodedContent(form));`;
    const { out } = await cli(['doctor', '--offline'], { stdin: `${program}\n401 Unauthorized` });
    expect(out).toContain('The request is in a snippet of C#, which is not read.');
    const trace =
      '401 Unauthorized\n  at org.springframework.web.client.RestTemplate.doExecute(RestTemplate.java:1)';
    expect((await cli(['doctor', '--offline'], { stdin: trace })).out).not.toContain('not read');
  });

  it('is that wget hides the answer', async () => {
    const log = 'HTTP request sent, awaiting response... 401 Unauthorized\n\n';
    const hint = 'wget hides what was answered';
    expect((await cli(['doctor', '--offline'], { stdin: log })).out).toContain(hint);
    expect(
      (await cli(['doctor', '--offline'], { stdin: `${log}{"error":"invalid_client"}` })).out,
    ).not.toContain(hint);
  });

  it('is what an issuer needs beside it', async () => {
    const { err, status } = await cli(['doctor', '--issuer', 'https://id.example'], { stdin: '' });
    expect(status).toBe(2);
    expect(err).toContain('add --client-id, and the set-up is checked');
  });
});
