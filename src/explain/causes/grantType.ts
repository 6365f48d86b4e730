import type { Cause } from '../cause.ts';
import { empty, nowhere, placeholder, sent, underAnotherName } from '../clues/fieldClues.ts';
import { knownGrantType, revokes, unknownGrantType } from '../clues/requestClues.ts';
import { grantNotOffered } from '../clues/serverClues.ts';
import { fieldsNotSeen } from './body.ts';
import { isRefusedByIssuer, isStrict } from '../sureness.ts';

const step = 'grant_type';

/** Which grant is asked for. */
export const grantType: readonly Cause[] = [
  {
    id: 'grant-type-missing',
    title: '`grant_type` is missing',
    provider: 'any',
    step,
    rank: 6,
    answers: fieldsNotSeen.filter(({ noAnswer }) => !noAnswer),
    shownBy: [nowhere('grant_type'), empty('grant_type')],
    isSure: isRefusedByIssuer,
    excludedBy: [sent('grant_type'), underAnotherName('grant_type'), revokes],
    looks: '400 `invalid_request`, "Missing form parameter: grant_type".',
    why: 'Every token request says which grant it is (RFC 6749 §4.1.3, §6).',
    remedy: 'Send `grant_type`, as `grant_type=refresh_token` for a refresh.',
    check: 'Look at the body that really went out.',
  },
  {
    id: 'grant-type-misspelt',
    title: '`grant_type` is misspelt',
    provider: 'any',
    step,
    rank: 5,
    answersWithClue: fieldsNotSeen,
    shownBy: [underAnotherName('grant_type')],
    isSure: isStrict,
    looks: '400 `invalid_request`, "Missing form parameter: grant_type".',
    why: 'Unknown fields are ignored, so `grantType` counts as nothing.',
    remedy: 'Name the field `grant_type`. Lower case, with an underscore.',
    check: 'Compare the names in the body letter by letter.',
  },
  {
    id: 'grant-type-unknown',
    title: 'There is no such `grant_type`',
    provider: 'any',
    step,
    rank: 1,
    answersWithClue: [
      { error: 'unsupported_grant_type' },
      { error: 'invalid_request' },
      { noAnswer: 'hidden' },
    ],
    shownBy: [unknownGrantType, placeholder('grant_type')],
    isSure: isStrict,
    excludedBy: [knownGrantType],
    looks: '400 `unsupported_grant_type`; in a page only a network error.',
    why: 'The values are fixed: `refresh_token`, `password`, `authorization_code`, `client_credentials`, or a URN.',
    remedy: 'Write the value exactly: `refresh_token`. Not `refreshToken`, `refresh-token` or `refresh`.',
    check: 'Compare the value letter by letter.',
  },
  {
    id: 'grant-type-not-offered',
    title: 'The provider does not offer this grant',
    provider: 'any',
    step,
    rank: 2,
    answers: [
      { error: 'unsupported_grant_type' },
      { status: 501, error: 'Feature not enabled' },
      { error: 'invalid_request', words: ['Standard token exchange is not enabled'] },
      // What only the exchange of before Keycloak 26.2 can do.
      {
        words: ['subject', 'requested'].flatMap((which) =>
          ['issuer', 'subject'].map((what) => `Parameter '${which}_${what}' is not supported`),
        ),
      },
    ],
    supportedBy: [grantNotOffered],
    excludedBy: [unknownGrantType],
    looks: '400 `unsupported_grant_type`.',
    why: 'The grant does not exist at this provider, is switched off, or belongs to a feature that is not on.',
    remedy: 'Use a grant the provider lists, or switch this one on.',
    check: 'Look at `grant_types_supported` in the discovery document.',
  },
];
