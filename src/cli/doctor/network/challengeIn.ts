/** `WWW-Authenticate` taken apart (RFC 9110 §11.6.1, RFC 6750 §3). */
export interface Challenge {
  readonly scheme?: string | undefined;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
  readonly scope?: string | undefined;
}

const PARAMETER = /([\w-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.){0,2000})"|([^\s,"]{1,2000}))/g;

const unescaped = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

/** Of several challenges the first names the scheme; the parameters are of whichever has them. */
export const challengeIn = (header: string | null): Challenge => {
  if (!header) return {};
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of header.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted === undefined ? plain : unescaped(quoted));
  }
  return {
    scheme: header.trim().split(/[\s,]/, 1)[0]?.toLowerCase() || undefined,
    error: parameters.get('error'),
    description: parameters.get('error_description'),
    scope: parameters.get('scope'),
  };
};
