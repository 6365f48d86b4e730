import type { NoAnswer } from '../../explain/failedGrant.ts';
import type { Asked, Matter } from './network/createAsk.ts';

const silences: { readonly [reason in NoAnswer]: string } = {
  hidden: 'gave no answer',
  timed_out: 'did not answer in time',
  name_unknown: 'was not found: no host has this name',
  connection_refused: 'cannot be reached: it refuses connections',
  connection_lost: 'broke off, or does not speak HTTP',
  certificate_refused:
    'has a certificate that is not trusted; NODE_EXTRA_CA_CERTS=<file> adds an authority of your own',
  redirected_too_often: 'redirects without end',
};

const matters: { readonly [matter in Matter]?: string } = {
  page: 'answers with a web page where JSON was expected: something else is there, or stands in front of it',
  too_long: 'sends more than a token endpoint ever would, or breaks off',
  redirect: 'redirects, which is not followed: name the address that it leads to, if it is right',
  other: 'answers with something that is no JSON: something else is there, or stands in front of it',
};

const describe = ({ url, status, matter, noAnswer }: Asked): string => {
  if (noAnswer) return `${url} ${silences[noAnswer]}`;
  return `${url} ${(matter && matters[matter]) ?? 'gave no answer that helps'} (status ${status})`;
};

/** The more it tells, the later. */
const telling = ({ noAnswer, matter }: Asked): number => {
  if (matter !== undefined) return 2;
  return noAnswer === 'timed_out' ? 0 : 1;
};

/** Whether anything that was heard can be of a token endpoint or a provider. */
export const isUnderstood = (asked: readonly Asked[]): boolean =>
  asked.some(({ matter }) => matter === 'json');

/** What is there instead of a provider, as a sentence; `undefined`: nobody was asked. */
export const strangenessOf = (asked: readonly Asked[]): string | undefined => {
  const strange = asked.filter(({ matter }) => matter !== 'json');
  const most = strange.toSorted((one, other) => telling(other) - telling(one))[0];
  return most && describe(most);
};
