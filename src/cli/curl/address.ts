import { CliError } from '../cliError.ts';

/** An address that can be asked, and who it says is asking. */
export interface Address {
  readonly url: string;
  /** What the variable in front holds is a whole address, as a rule: its scheme was put there only to read it. */
  readonly isSchemeAssumed?: true | undefined;
  /** `user:password` in front of the host. */
  readonly userAndPassword?: string | undefined;
}

const VARIABLE = /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Z_]{2,}\w*|<\w+>/g;

/** No host has these in its name, a path may. */
const VARIABLE_OF_HOST = /\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|\$\w+|\{[^{}]*\}|`[^`]*`|<\w+>/g;

/** The variables in front of the query, as they are written: where the request goes is not known. */
export const variablesIn = (address: string): readonly string[] => {
  const [, host = '', path = ''] = /^((?:https?:\/\/)?[^/?#]*)([^?#]*)/.exec(address) ?? [];
  return [...new Set([...(host.match(VARIABLE_OF_HOST) ?? []), ...(path.match(VARIABLE) ?? [])])];
};

/** Of what is written there only a name is said back. */
export const namesOf = (variables: readonly string[]): string =>
  variables.map((each) => (/^[${<]+[\w.]{1,40}[}>]*$/.test(each) ? each : 'its value')).join(', ');

/** What passes for a URL all the same is refused for what it plainly is. */
const refuseQuoted = (text: string): void => {
  if (/^[‘’“”'"`]/.test(text))
    throw new CliError(
      'The URL stands in quotation marks that no shell knows: put plain ones in their place',
    );
};

const parsed = (text: string): URL => {
  if (URL.canParse(text)) return new URL(text);
  const variables = variablesIn(text);
  if (variables.length > 0)
    throw new CliError(
      `The URL has a variable in it (${namesOf(variables)}): put its value there, or give it one in a line above`,
    );
  throw new CliError('The request has no URL that can be read: copy the whole command again');
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const isVariable = (text: string): boolean => /^[${]/.test(text);

const withScheme = (text: string): string => {
  if (/^[a-z][\w+.-]*:\/\//i.test(text)) return text;
  return `${isVariable(text) ? 'https' : 'http'}://${text}`;
};

/** A variable for the port would make it no URL; what stands in front of `@` is a password. */
const withoutPort = (text: string): string =>
  text.replace(/^([^/]*\/\/[^/?#]*):(?=[${][^:@/?#]*(?:[/?#]|$))/, '$1-');

/** The address as written, without the user in front of the host. @throws CliError if it is not http(s). */
export const addressOf = (written: string): Address => {
  refuseQuoted(written.trim());
  const text = withoutPort(withScheme(written.trim()));
  const url = parsed(text);
  if (!/^https?:$/.test(url.protocol)) throw new CliError('The URL of the request is neither http nor https');
  if (!url.username && !url.password)
    return { url: text, ...(isVariable(written.trim()) && { isSchemeAssumed: true }) };
  const userAndPassword = `${decoded(url.username)}:${decoded(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, userAndPassword };
};
