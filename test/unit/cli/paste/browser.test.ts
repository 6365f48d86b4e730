import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';
import { cli } from '../doctor/stage.ts';

const REALM = 'https://id.example/realms/app/protocol/openid-connect';
const SIGN_IN = `${REALM}/auth?client_id=web&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2F`;
const SIGN_OUT = `${REALM}/logout?redirect_uri=https%3A%2F%2Fapp.example%2F`;

describe('An address that a command opens in a browser', () => {
  it.each([
    `Start-Process "${SIGN_IN}"`,
    `PS C:\\Users\\me> Start-Process -FilePath '${SIGN_IN}'`,
    `start "" "${SIGN_IN}"`,
    `$ xdg-open '${SIGN_IN}'`,
    `open "${SIGN_IN}"`,
  ])('is asked for: %s', (text) => {
    expect(readPaste(text)).toMatchObject([{ request: { method: 'GET', url: SIGN_IN } }]);
  });

  it('is asked for with what came of it below', () => {
    expect(readPaste(`Start-Process "${SIGN_IN}"\nInvalid parameter: redirect_uri`)).toMatchObject([
      { request: { url: SIGN_IN }, answer: { text: expect.stringContaining('Invalid parameter') } },
    ]);
  });

  it('is no request for anything else', () => {
    expect(() => readPaste('Start-Process "https://app.example/"')).toThrow(/no request|address by itself/);
  });
});

describe('A browser that hides the answer', () => {
  it.each([
    'TypeError: NetworkError when attempting to fetch resource.',
    'NetworkError when attempting to fetch resource.',
    "(Reason: CORS header 'Access-Control-Allow-Origin' missing).",
    'TypeError: Failed to fetch',
    'Failed to fetch',
    'AxiosError: Network Error at XMLHttpRequest.handleError',
    'Error: Network Error',
    'Load failed',
  ])('says so alone: %s', (text) => {
    expect(readPaste(text)).toMatchObject([{ silence: { reason: 'hidden' } }]);
    expect(readPaste(`curl ${SIGN_IN}\n\n${text}`)).toMatchObject([{ silence: { reason: 'hidden' } }]);
  });

  it.each([
    '{"error":"server_error","error_description":"Failed to fetch the keys"}',
    'Network Errors are rare',
  ])('is not what the word alone is about: %s', (text) => {
    expect(readPaste(`curl ${SIGN_IN}\n\n${text}`)[0]?.silence).toBeUndefined();
  });
});

describe('A page of a provider', () => {
  const causesOf = async (words: string, url = SIGN_OUT) => {
    const stdin = `curl -i '${url}'\nHTTP/1.1 400 Bad Request\nContent-Type: text/html\n\n<!DOCTYPE html><html><body><p class="instruction">${words}</p><a href="/x">Back</a></body></html>`;
    const { out } = await cli(['doctor', '--offline', '--json'], { stdin });
    return (JSON.parse(out) as { causes: { id: string; certainty: string; evidence: string[] }[] }).causes;
  };

  it.each([
    ['Invalid redirect uri', 'logout-return-not-registered'],
    ['Invalid parameter: redirect_uri', 'logout-redirect-uri-renamed'],
  ])('says %s: %s', async (words, id) => {
    const [first] = await causesOf(words);
    expect(first).toMatchObject({ id, certainty: 'shown' });
    expect(first?.evidence[0]).toBe(`The answer was 400 "${words}".`);
  });

  it('tells nothing in words that no provider is known to say', async () => {
    const [first] = await causesOf('Please come back later');
    expect(first?.certainty).not.toBe('shown');
  });
});
