import type { Show } from './showFor.ts';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** A segment that is shown as another text is hidden: what is said in its place would not fit into an address. */
const segmentShown = (segment: string, show: Show): string => {
  const [text = ''] = segment.split(';', 1);
  return show(decoded(text)) === decoded(text) ? text : '(hidden)';
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
    .map((segment) => segmentShown(segment, show))
    .join('/');
