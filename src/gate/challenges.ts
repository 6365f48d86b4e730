/**
 * A quoted string between two parameters, or a name: of a scheme, or of a parameter where a value follows.
 * A quoted string ends with the text at the latest: one search for its end is all that an odd header costs.
 */
const PART = /"(?:[^"\\]|\\.?)*(?:"|$)|([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*("(?:[^"\\]|\\.?)*(?:"|$)|[^\s,"]*))?/g;

/**
 * Whether the `WWW-Authenticate` of a 401 speaks of the token that was sent: it is absent (or hidden by CORS), or a
 * challenge in it is of our scheme and has no `error`, or `invalid_token` (RFC 6750 §3, RFC 9110 §11.6.1).
 */
export const speakOfToken = (challenges: string | null | undefined): boolean => {
  if (!challenges) return true;
  let doesThis = false;
  for (const [, name, value] of challenges.matchAll(PART)) {
    if (name === undefined) continue;
    if (value === undefined) {
      if (doesThis) return true;
      doesThis = name.toLowerCase() === 'bearer';
    } else if (name.toLowerCase() === 'error') {
      doesThis &&= value.replaceAll(/["\\]/g, '') === 'invalid_token';
    }
  }
  return doesThis;
};
