import { OPAQUE } from '../doctor/tidy.ts';
import type { Show } from './showFor.ts';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** A host, and what a provider calls its realms, servers and apps, is no token, however it looks. */
const isName = (at: number, segments: readonly string[]): boolean =>
  (at === 2 && segments[0]?.endsWith(':') === true) || /^(?:realms|oauth2|o)$/.test(segments[at - 1] ?? '');

/** A segment that is shown as another text is hidden: what is said in its place would not fit into an address. */
const segmentShown = (segment: string, isNamed: boolean, show: Show): string => {
  const [text = ''] = segment.split(';', 1);
  const isOpaque = OPAQUE.test(text) && !isNamed;
  return show(decoded(text)) === decoded(text) && !isOpaque ? text : '(hidden)';
};

/** As written, since an issuer is compared to the letter; as the URL parser has it where there is a user in it. */
const withoutUser = (address: string): string => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.username && !url?.password) return address;
  url.username = '';
  url.password = '';
  return url.href;
};

/** An address without query, fragment and user, its segments as they may be shown. */
export const addressShown = (address: string, show: Show): string =>
  withoutUser(address.split(/[?#]/, 1)[0]!)
    .split('/')
    .map((segment, at, all) => segmentShown(segment, isName(at, all), show))
    .join('/');
