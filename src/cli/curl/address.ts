import { CliError } from '../cliError.ts';

/** An address that can be asked, and who it says is asking. */
export interface Address {
  readonly url: string;
  /** `user:password` in front of the host. */
  readonly userAndPassword?: string | undefined;
}

const VARIABLE = /\{\{|\$[{(]|\$[A-Z_]{2,}|^(?:https?:\/\/)?\$|<\w+>/;

/** What passes for a URL all the same is refused for what it plainly is. */
const refuseUnfinished = (text: string): void => {
  if (/^[‘’“”'"`]/.test(text))
    throw new CliError(
      'The URL stands in quotation marks that no shell knows: put plain ones in their place',
    );
  if (VARIABLE.test(text.split(/[?#]/, 1)[0]!))
    throw new CliError('The URL has a variable in it: put its value there, then try again');
};

const parsed = (text: string): URL => {
  if (URL.canParse(text)) return new URL(text);
  throw new CliError('The request has no URL that can be read: copy the whole command again');
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const withScheme = (text: string): string => (/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`);

/** The address as written, without the user in front of the host. @throws CliError if it is not http(s). */
export const addressOf = (written: string): Address => {
  refuseUnfinished(written.trim());
  const text = withScheme(written.trim());
  const url = parsed(text);
  if (!/^https?:$/.test(url.protocol)) throw new CliError('The URL of the request is neither http nor https');
  if (!url.username && !url.password) return { url: text };
  const userAndPassword = `${decoded(url.username)}:${decoded(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, userAndPassword };
};
