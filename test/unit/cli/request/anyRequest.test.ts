import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../src/cli/curl/httpRequest.ts';
import { toCurl } from '../../../../src/cli/curl/toCurl.ts';
import { correctedRequest } from '../../../../src/cli/request/correctedRequest.ts';
import { requestShapeOf } from '../../../../src/cli/request/requestShapeOf.ts';
import { withJunkToken } from '../../../../src/cli/request/withJunkToken.ts';
import { anyRequest, trickyText } from '../curl/arbitraryRequest.ts';
import { formRequest, jwtOf, url } from './requests.ts';
import { cpuMs } from '../../../support/cpuMs.ts';

const strange = fc.record({
  method: trickyText,
  url: trickyText,
  headers: fc.array(
    fc.tuple(fc.constantFrom('Authorization', 'DPoP', 'Origin', 'Content-Type', 'Cookie', ''), trickyText),
  ),
  body: fc.record({
    kind: fc.constant('raw' as const),
    text: fc.oneof(
      trickyText,
      trickyText.map((text) => `--${text}name=`),
    ),
  }),
});

const raw = (text: string): HttpRequest => ({ ...formRequest(''), body: { kind: 'raw', text } });

const sorted = ({ body, ...rest }: HttpRequest) => ({
  ...rest,
  pieces: body?.kind === 'raw' ? body.text.split('&').toSorted() : [],
});

describe('Any request', () => {
  it('has a shape, a corrected form, and a harmless one', () => {
    fc.assert(
      fc.property(fc.oneof(anyRequest, strange), (request) => {
        expect(requestShapeOf(request).fields).toBeDefined();
        expect(requestShapeOf(correctedRequest(request))).toMatchObject({ method: 'POST', encoding: 'form' });
        expect(requestShapeOf(withJunkToken(request, url)).fields).toBeDefined();
        expect(toCurl(request)).toMatch(/^curl --request/);
      }),
      { numRuns: 500 },
    );
  });

  it('is corrected once and for all', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const corrected = correctedRequest(request);
        expect(sorted(correctedRequest(corrected))).toEqual(sorted(corrected));
      }),
      { numRuns: 300 },
    );
  });

  it('takes its token nowhere when it is to be harmless', () => {
    const token = jwtOf({ sub: 'somebody' });
    const name = fc.constantFrom(
      'refresh_token',
      'refreshToken',
      'token',
      'rt',
      'password',
      'code',
      'x',
      '',
      'access_token',
    );
    const form = (field: string) => formRequest({ grant_type: 'refresh_token', [field]: token });
    const query = (field: string) => ({
      ...form('x'),
      url: `http://h/?${new URLSearchParams({ [field]: token })}`,
      body: undefined,
    });
    const json = (field: string) => raw(JSON.stringify({ [field]: token, deep: { [field]: [token] } }));
    const header = (field: string) =>
      formRequest('a=b', [
        [`X-${field}`, token],
        ['Authorization', `Bearer ${token}`],
      ]);
    const words = (field: string) => raw(`${field}: ${token}`);
    fc.assert(
      fc.property(
        name,
        fc.constantFrom<(field: string) => HttpRequest>(form, query, json, header, words),
        (field, make) => {
          expect(JSON.stringify(withJunkToken(make(field), url))).not.toContain(token);
        },
      ),
    );
  });

  it.each([
    'a=b&',
    'password=abcdefghijklm&',
    '&',
    'eyJ',
    '{"a":',
    '--\nname="a"\n\n',
    '" ',
    'a1B2',
    '%25',
    '[',
    '/?',
  ])('is looked at in a time in proportion to its length, made of %j', (unit) => {
    const request = raw(`client_id=x${unit.repeat(300_000 / unit.length)}x`);
    const look = (): void => {
      requestShapeOf(request);
      toCurl(correctedRequest(request));
      withJunkToken(request, url);
    };
    // Hours, were it quadratic.
    expect(cpuMs(look)).toBeLessThan(10_000);
  });
});
