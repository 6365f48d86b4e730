import { authorizationOf } from '../request/authorizationOf.ts';
import type { Option } from './bodyOptions.ts';
import type { HttpRequest } from './httpRequest.ts';
import type { Mask } from './mask.ts';
import { basicHeader } from './options/headersOf.ts';

type Header = HttpRequest['headers'][number];

const isSame = ([name, value]: Header, [otherName, otherValue]: Header): boolean =>
  name === otherName && value === otherValue;

const header = (name: string, value: string): Option => [
  '--header',
  value ? `${name}: ${value}` : `${name};`,
];

const authorizationOption = (written: Header, mask: Mask): Option => {
  const {
    scheme = '',
    credentials = '',
    basic,
  } = authorizationOf({ method: '', url: '', headers: [written] }) ?? {};
  if (basic && isSame(basicHeader(`${basic.user}:${basic.password}`), written)) {
    return [
      '--user',
      `${mask.value('client_id', basic.user)}:${mask.value('client_secret', basic.password)}`,
    ];
  }
  const [name] = written;
  if (scheme === '') return header(name, mask.value('credentials', credentials));
  const masked = mask.value('access_token', credentials);
  return masked === credentials ? header(...written) : header(name, `${scheme} ${masked}`);
};

/** The boundary of a form is none of our business, and may be anything. */
const contentTypeOption = ([name, value]: Header, mask: Mask): Option => {
  const isWhole = mask.value('content-type', value) === value && !/boundary/i.test(value);
  const isKnown = mask.value('boundary', value) === value;
  return header(name, isWhole || isKnown ? value : mask.value('content-type', value.split(';', 1)[0]!));
};

const headerOption = (written: Header, mask: Mask): Option => {
  const [name, value] = written;
  if (/^authorization$/i.test(name)) return authorizationOption(written, mask);
  if (/^content-type$/i.test(name)) return contentTypeOption(written, mask);
  return header(mask.name(name), mask.value(name, value));
};

/** The options of curl for headers; a body without a `Content-Type` needs one that takes curl's away. */
export const headerOptions = ({ headers, body }: HttpRequest, mask: Mask): readonly Option[] => {
  const options = headers.map((written) => headerOption(written, mask));
  const isTyped = headers.some(([name]) => /^content-type$/i.test(name));
  return isTyped || body?.kind !== 'raw' ? options : [...options, ['--header', 'Content-Type:']];
};
