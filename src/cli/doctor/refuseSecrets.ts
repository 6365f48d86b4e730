import { CliError } from '../cliError.ts';

const ways = (name: string): string =>
  `--${name}-file <file>, TOKEN_VIGIL_${name.toUpperCase().replaceAll('-', '_')} or --prompt`;

const inTheRequest = 'the request as cURL: --curl <file>';

/** Options that people try and that would put a secret on the command line, and how it is given instead. */
const instead: Readonly<Record<string, string>> = {
  'refresh-token': ways('refresh-token'),
  refresh_token: ways('refresh-token'),
  token: ways('refresh-token'),
  'access-token': ways('access-token'),
  access_token: ways('access-token'),
  bearer: ways('access-token'),
  'id-token': inTheRequest,
  'client-secret': ways('client-secret'),
  client_secret: ways('client-secret'),
  secret: ways('client-secret'),
  password: inTheRequest,
  pass: inTheRequest,
  code: inTheRequest,
  'code-verifier': inTheRequest,
  assertion: inTheRequest,
  'client-assertion': inTheRequest,
  authorization: inTheRequest,
  cookie: inTheRequest,
  header: inTheRequest,
  data: inTheRequest,
  user: inTheRequest,
};

const nameOf = (word: string): string => word.replace(/^--?/, '').replace(/=.*$/s, '').toLowerCase();

/** A command line is seen by every user of the machine and kept in the shell's history: no secret may be on it. */
export const refuseSecrets = (args: readonly string[]): void => {
  const name = args
    .filter((word) => word.startsWith('-'))
    .map(nameOf)
    .find((each) => Object.hasOwn(instead, each));
  if (name === undefined) return;
  throw new CliError(
    `--${name} is refused: other users and the shell's history can read a command line. Give it by ${instead[name]}`,
  );
};
