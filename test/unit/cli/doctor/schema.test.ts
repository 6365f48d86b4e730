import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RankedCause } from '../../../../src/explain/explanation.ts';
import type {
  DpopProofShape,
  FieldShape,
  GrantAnswer,
  RequestShape,
  ServerFindings,
  TokenShape,
} from '../../../../src/explain/failedGrant.ts';
import type { Asked } from '../../../../src/cli/doctor/network/createAsk.ts';
import { flawsOf } from '../../../support/requireReport.ts';
import { cli, type Given, jwt, realm, refusedToken } from './stage.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../../docs/doctor.schema.json', import.meta.url), 'utf8'),
) as { $defs: Record<string, { properties?: object; additionalProperties?: unknown }> };

const namesIn = (definition: string): readonly string[] =>
  Object.keys(schema.$defs[definition]?.properties ?? {}).toSorted();

/** Every name of a type and no other, or the compiler complains. */
const namesOf = <T>(names: Record<keyof T, true>): readonly string[] => Object.keys(names).toSorted();

const shapes = {
  cause: namesOf<RankedCause>({
    id: true,
    title: true,
    certainty: true,
    evidence: true,
    remedy: true,
    check: true,
    docs: true,
  }),
  answer: namesOf<GrantAnswer>({
    status: true,
    error: true,
    errorDescription: true,
    contentType: true,
    challenge: true,
    challengeError: true,
    challengeDescription: true,
    challengeScope: true,
    dateSeconds: true,
    isMalformed: true,
    isStatusUnknown: true,
    isErrorUnknown: true,
    isInactive: true,
    sender: true,
    isReadable: true,
    location: true,
  }),
  field: namesOf<FieldShape>({
    count: true,
    isEmpty: true,
    isPadded: true,
    isPaddedByLineEnd: true,
    isPlaceholder: true,
    isEncodedTwice: true,
    hasInnerBlank: true,
    hasReservedCharacters: true,
    isFollowed: true,
    isUnknown: true,
    hasScheme: true,
    length: true,
  }),
  request: namesOf<RequestShape>({
    method: true,
    url: true,
    encoding: true,
    contentType: true,
    fields: true,
    queryFields: true,
    grantType: true,
    isSketch: true,
    isEncodingUnsure: true,
    hasStrayPercent: true,
    clientId: true,
    authorization: true,
    basicClientId: true,
    hasBasicSecret: true,
    headerNames: true,
    dpopProof: true,
    origin: true,
    scope: true,
    redirectUri: true,
    refreshToken: true,
    accessToken: true,
    clientAssertion: true,
    assertion: true,
    basicFields: true,
  }),
  dpopProof: namesOf<DpopProofShape>({
    method: true,
    url: true,
    algorithm: true,
    issuedAtSeconds: true,
    hasKey: true,
  }),
  token: namesOf<TokenShape>({
    isJwt: true,
    length: true,
    algorithm: true,
    isQuoted: true,
    isSignatureWhole: true,
    typ: true,
    issuer: true,
    subject: true,
    authorizedParty: true,
    audience: true,
    sessionId: true,
    scope: true,
    issuedAtSeconds: true,
    notBeforeSeconds: true,
    expiresAtSeconds: true,
    boundTo: true,
    headerType: true,
    hasId: true,
  }),
  server: namesOf<ServerFindings>({
    product: true,
    discovery: true,
    junkTokenAnswer: true,
    correctedAnswer: true,
    preflight: true,
    issuerNearby: true,
    clientAtAuthorization: true,
    clockDifferenceSeconds: true,
  }),
  discovery: namesOf<NonNullable<ServerFindings['discovery']>>({
    url: true,
    status: true,
    isMetadata: true,
    error: true,
    issuer: true,
    tokenEndpoint: true,
    endpoints: true,
    grantTypes: true,
    clientAuthentication: true,
  }),
  preflight: namesOf<NonNullable<ServerFindings['preflight']>>({
    status: true,
    allowsOrigin: true,
    refusedHeaders: true,
  }),
  asked: namesOf<Asked>({
    what: true,
    method: true,
    url: true,
    status: true,
    error: true,
    matter: true,
    noAnswer: true,
  }),
};

const reportOf = async (words: readonly string[], given: Given = {}): Promise<Record<string, unknown>> =>
  JSON.parse((await cli(['doctor', '--json', ...words], given)).out) as Record<string, unknown>;

const token1 = jwt({ typ: 'Refresh', iss: 'https://id.example.com/realms/app', azp: 'web', exp: 1, iat: 0 });
const atToken = 'curl https://id.example.com/realms/app/protocol/openid-connect/token';

describe('docs/doctor.schema.json', () => {
  it.each(Object.entries(shapes))('knows every name of a %s', (definition, names) => {
    expect(namesIn(definition)).toEqual(names);
  });

  it('is closed: each object allows what it names and no more', () => {
    const open = Object.entries(schema.$defs).filter(
      ([, { additionalProperties }]) => additionalProperties !== false,
    );
    // Fields have the names that a request gave them.
    expect(open.map(([name]) => name)).toEqual(['fields']);
  });

  it.each<[string, string, string[], string | undefined]>([
    [
      'a fault in the request',
      'fault',
      ['--offline'],
      `${atToken} -F grant_type=refresh_token -F refresh_token=${token1}`,
    ],
    [
      'a told answer',
      'fault',
      ['--offline', '--status', '400', '--error', 'invalid_grant'],
      `${atToken} -d grant_type=refresh_token -d client_id=web -d refresh_token=${token1}`,
    ],
    [
      'nothing wrong',
      'cannot_tell',
      ['--offline'],
      `curl https://id.example.com/oauth2/token -d grant_type=refresh_token -d client_id=web -d refresh_token=${'an-opaque-token-'.repeat(4)}`,
    ],
    ['a wrong option', 'cannot_tell', ['--isuer'], undefined],
    ['nothing at all', 'cannot_tell', [], undefined],
    [
      'a proof of possession',
      'fault',
      ['--offline', '--origin', 'https://app.example.com'],
      `${atToken} -H 'DPoP: ${jwt({ htm: 'GET', htu: 'https://x.example', iat: 1 })}' -d grant_type=refresh_token -d client_id=web -d 'refresh_token= ${token1}'`,
    ],
  ])('describes the report on %s', async (_what, verdict, words, stdin) => {
    const report = await reportOf(words, stdin === undefined ? {} : { stdin });
    expect(flawsOf(report)).toEqual([]);
    expect(report['verdict']).toBe(verdict);
  });

  it('describes reports on what a server was asked', async () => {
    const { issuer, endpoint } = await realm(
      (fields) => (fields.get('client_id') === 'web' ? refusedToken : [401, { error: 'invalid_client' }]),
      'https://app.example.com',
    );
    const healthy = await reportOf([
      '--issuer',
      issuer,
      '--client-id',
      'web',
      '--origin',
      'https://app.example.com',
    ]);
    expect(flawsOf(healthy)).toEqual([]);
    expect(healthy).toMatchObject({ verdict: 'healthy', exitStatus: 0 });
    const faulty = await reportOf([], {
      stdin: `curl ${endpoint} -d grant_type=refresh_token -d refresh_token=${token1}`,
    });
    expect(flawsOf(faulty)).toEqual([]);
    expect(faulty).toMatchObject({
      verdict: 'fault',
      causes: { 0: { docs: 'npx token-vigil cause client-id-missing' } },
    });
    const spent = await reportOf(['--spend'], {
      stdin: `curl ${endpoint} -d grant_type=refresh_token -d client_id=web -d refresh_token=${token1}`,
    });
    expect(flawsOf(spent)).toEqual([]);
    expect(spent['answer']).toMatchObject({ status: 400 });
  });

  it('refuses what drifts from it', async () => {
    const report = await reportOf(['--offline'], { stdin: `${atToken} -F grant_type=refresh_token` });
    expect(flawsOf({ ...report, more: 1 })).not.toEqual([]);
    expect(flawsOf({ ...report, version: 2 })).not.toEqual([]);
    const { notes, ...without } = report;
    expect([notes, flawsOf(without)]).not.toEqual([[], []]);
  });
});

it('each cause that is told has a command that tells more, and is on the page', async () => {
  const page = readFileSync(new URL('../../../../docs/causes.md', import.meta.url), 'utf8');
  const { homepage, repository } = JSON.parse(
    readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
  ) as { homepage?: string; repository?: unknown };
  // If the package gets one, links to the guide should be told, too.
  expect([homepage, repository]).toEqual([undefined, undefined]);
  const { causes } = (await reportOf(['--offline', '--status', '401', '--error', 'invalid_client'], {
    stdin: `${atToken} -d grant_type=refresh_token -d client_id=web -d refresh_token=${token1}`,
  })) as {
    causes: RankedCause[];
  };
  expect(causes.length).toBeGreaterThan(0);
  for (const { id, docs } of causes) {
    expect(docs).toBe(`npx token-vigil cause ${id}`);
    expect(await cli(docs.split(' ').slice(2))).toMatchObject({
      status: 0,
      out: expect.stringContaining(`${id}\n`),
    });
    expect(page).toContain(`\n### ${id}\n`);
  }
});
