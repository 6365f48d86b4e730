/** The fields of a token request (RFC 6749, 7521, 7523, 7636, 8628, 8693, 8707; OpenID Connect). */
const known = [
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'scope',
  'audience',
  'resource',
  'access_token',
  'id_token',
  'id_token_hint',
  'token_type_hint',
  'assertion',
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'requested_token_type',
  'device_code',
  'totp',
  'refresh_token',
  'username',
  'password',
  'code',
  'code_verifier',
  'redirect_uri',
];

/** What people write in its place, letters only. */
const aliases: { readonly [name in string]: readonly string[] } = {
  grant_type: ['grant', 'type'],
  client_id: ['client', 'clientname', 'appid', 'applicationid', 'id'],
  client_secret: ['secret', 'clientkey'],
  refresh_token: ['token', 'refresh', 'rt'],
  username: ['user', 'email', 'login', 'name'],
  password: ['pass', 'pwd', 'passwd'],
  code: ['authorizationcode', 'authcode'],
  code_verifier: ['verifier', 'codeverify', 'pkceverifier'],
  redirect_uri: ['redirect', 'redirecturl', 'callback', 'callbackurl', 'returnurl'],
  scope: ['scopes'],
};

/** `&amp;` is a `&` that went through HTML. */
const lettersOf = (name: string): string =>
  name
    .replace(/^amp;/, '')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');

const byLetters: ReadonlyMap<string, string> = new Map(known.map((name) => [lettersOf(name), name]));

const byAlias: ReadonlyMap<string, string> = new Map(
  Object.entries(aliases).flatMap(([name, others]) => others.map((alias) => [alias, name] as const)),
);

/** Letters missing, added, changed or swapped with their neighbour (optimal string alignment). */
const typosBetween = (left: string, right: string): number => {
  let [before, above]: [number[], number[]] = [[], Array.from({ length: right.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let at = 1; at <= right.length; at++) {
      const isSame = left[row - 1] === right[at - 1];
      const isSwapped = left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1];
      const changed = Math.min(above[at]! + 1, current[at - 1]! + 1, above[at - 1]! + (isSame ? 0 : 1));
      current.push(isSwapped ? Math.min(changed, before[at - 2]! + 1) : changed);
    }
    [before, above] = [above, current];
  }
  return above[right.length]!;
};

const A = 97;

/** How often each letter comes. */
const countsOf = (letters: string): readonly number[] => {
  const counts = Array.from({ length: 26 }, () => 0);
  for (let at = 0; at < letters.length; at++) counts[letters.charCodeAt(at) - A]! += 1;
  return counts;
};

/** A name in a form that is quick to compare. */
interface Spelt {
  readonly name: string;
  readonly letters: string;
  readonly counts: readonly number[];
}

export const spelt = (name: string): Spelt => {
  const letters = lettersOf(name);
  return { name, letters, counts: countsOf(letters) };
};

/** A lower bound that costs little: a typo changes two of the counts at the most. */
const mayBeNear = (one: Spelt, other: Spelt, allowed: number): boolean => {
  let stray = 0;
  for (let at = 0; at < 26; at++) stray += Math.abs(one.counts[at]! - other.counts[at]!);
  return stray <= 2 * allowed;
};

/** The name that is meant by one with typos. One slip is forgiven, a second in a long word. */
export const nearest = (name: string, names: readonly Spelt[]): string | undefined => {
  const { length } = lettersOf(name);
  if (length < 5 || length > 30) return undefined;
  const sought = spelt(name);
  const allowed = length < 10 ? 1 : 2;
  const isNear = (other: Spelt) =>
    mayBeNear(sought, other, allowed) && typosBetween(sought.letters, other.letters) <= allowed;
  return names.find(isNear)?.name;
};

const speltFields = known.map(spelt);

/** The name with the same letters: `clientId`, ` client-id` for `client_id`. `undefined`: none that is known. */
export const speltAs = (name: string): string | undefined => byLetters.get(lettersOf(name));

/** The name that is meant: `cleint_id` and `appid` for `client_id`, too. */
export const meantBy = (name: string): string | undefined =>
  speltAs(name) ?? byAlias.get(lettersOf(name)) ?? nearest(name, speltFields);
