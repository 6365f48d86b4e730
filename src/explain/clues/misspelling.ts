/** Names that people write in place of the protocol's. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  grant_type: ['grant', 'type'],
  client_id: ['client', 'clientname', 'appid', 'applicationid', 'id'],
  client_secret: ['secret', 'clientkey'],
  refresh_token: ['token', 'refresh', 'rt'],
  username: ['user', 'email', 'login', 'name'],
  password: ['pass', 'pwd', 'passwd'],
  code: ['authorizationcode', 'authcode'],
  code_verifier: ['verifier', 'codeverify', 'pkceverifier'],
  redirect_uri: ['redirect', 'redirecturl', 'callback', 'callbackurl', 'returnurl'],
};

const others = ['scope', 'access_token', 'id_token', 'subject_token', 'client_assertion', 'totp', 'audience'];
const known = new Set([...Object.keys(aliases), ...others]);

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/** Letters to change, add or leave out to make one word of the other (Levenshtein). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of one.split('').entries()) {
    const next = [i + 1];
    for (const [j, against] of other.split('').entries()) {
      const swapped = (row[j] ?? 0) + Number(letter !== against);
      next.push(Math.min(swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** A longer name than any of ours is a value in the wrong place. */
const isMeant = (written: string, name: string): boolean => {
  if (written.length > 24 || known.has(written)) return false;
  const letters = bare(written);
  if (aliases[name]?.includes(letters)) return true;
  return letters !== '' && distance(letters, bare(name)) <= Math.floor(bare(name).length / 4);
};

/** Which of the names sent was meant for this one of the protocol. */
export const misspellingOf = (name: string, sent: readonly string[]): string | undefined =>
  sent.includes(name) ? undefined : sent.find((written) => isMeant(written, name));
