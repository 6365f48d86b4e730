import { clientRefused, fieldsNotSeen, noSuchGrant, tokens } from '../known.ts';
import {
  asking,
  form,
  inAddress,
  refresh,
  renamed,
  withBody,
  withHeaders,
  without,
  withoutBody,
  withText,
} from '../requests.ts';
import type { Row } from '../row.ts';

const joined = (between: string, is = '=') =>
  withText(refresh(), (fields) =>
    fields.map(([name, value]) => `${name}${is}${encodeURIComponent(value)}`).join(between),
  );

const says = (type: string) => withHeaders(refresh(), ['Content-Type', type]);

/** What can be wrong with the grant type and the body. */
export const formRows: readonly Row[] = [
  {
    what: 'a blank after the grant type',
    request: refresh({ grant_type: 'refresh_token ' }),
    answer: noSuchGrant,
    cause: 'grant-type-unknown',
  },
  {
    what: 'the grant type `refresh`',
    request: refresh({ grant_type: 'refresh' }),
    answer: noSuchGrant,
    cause: 'grant-type-unknown',
  },
  {
    what: 'the grant type in upper case',
    request: refresh({ grant_type: 'REFRESH_TOKEN' }),
    answer: noSuchGrant,
    cause: 'grant-type-unknown',
  },
  {
    what: 'the field `grant-type`',
    request: renamed('grant_type', 'grant-type'),
    answer: fieldsNotSeen,
    cause: 'grant-type-misspelt',
  },
  {
    what: 'no grant type',
    request: refresh({ grant_type: undefined }),
    answer: fieldsNotSeen,
    cause: 'grant-type-missing',
  },
  {
    what: 'an empty grant type',
    request: refresh({ grant_type: '' }),
    answer: noSuchGrant,
    cause: 'grant-type-missing',
  },
  {
    what: 'a grant that is none of this server',
    request: asking({ grant_type: 'urn:example:magic', client_id: 'my_client' }),
    answer: noSuchGrant,
    cause: 'grant-type-not-offered',
    knownBy: 'spend',
  },
  {
    what: 'a form that says it is plain text',
    request: says('text/plain'),
    answer: fieldsNotSeen,
    cause: 'content-type-wrong',
  },
  {
    what: 'a form that says it is JSON',
    request: says('application/json'),
    answer: fieldsNotSeen,
    cause: 'content-type-wrong',
  },
  {
    what: 'a form that does not say what it is',
    request: without(refresh(), 'content-type'),
    answer: fieldsNotSeen,
    cause: 'content-type-wrong',
  },
  {
    what: 'JSON that says it is a form',
    request: withBody(refresh(), form[1], (fields) => JSON.stringify(Object.fromEntries(fields))),
    answer: fieldsNotSeen,
    cause: 'json-body',
  },
  {
    what: 'a charset that nobody knows',
    request: says('application/x-www-form-urlencoded; charset=utf-99'),
    answer: tokens,
  },
  {
    what: 'a charset in quotation marks',
    request: says('application/x-www-form-urlencoded; charset="UTF-8"'),
    answer: tokens,
  },
  {
    what: 'no body',
    request: withoutBody(refresh()),
    answer: fieldsNotSeen,
    cause: 'body-missing',
  },
  {
    what: 'an empty body',
    request: withText(refresh(), () => ''),
    answer: fieldsNotSeen,
    cause: 'body-missing',
  },
  {
    what: 'all fields in the address',
    request: withoutBody(inAddress(refresh(), () => true)),
    answer: fieldsNotSeen,
    cause: 'parameters-in-query',
  },
  {
    what: 'fields with `&amp;` between them',
    request: joined('&amp;'),
    answer: clientRefused,
    cause: 'client-id-misspelt',
  },
  {
    what: 'a field to a line',
    request: joined('\n'),
    answer: noSuchGrant,
    cause: 'grant-type-unknown',
  },
  {
    what: 'fields with `:` in place of `=`',
    request: joined('&', ':'),
    answer: fieldsNotSeen,
    cause: 'body-not-a-form',
  },
];
