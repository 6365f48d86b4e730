/** Keycloak's log and its events: `type=CODE_TO_TOKEN_ERROR, … error=invalid_code, reason="…"`. */
const EVENT =
  /\btype=["']?(?<type>[A-Z_]+)_ERROR\b[^\n]{0,2000}?\berror=["']?(?<error>[a-z_]{3,60})\b(?<rest>[^\n]{0,2000})/;

const REASON = /\breason=(?:"([^"\n]{1,300})|'([^'\n]{1,300}))/;

const REFUSED = 'invalid_grant';

/** What was answered, where the event tells it in other words: a reason stands in the answer to a code or a refresh. */
const answered = (type: string, error: string, reason: string | undefined): string => {
  if (type === 'REFRESH_TOKEN' && error === 'invalid_token') return REFUSED;
  return type === 'CODE_TO_TOKEN' && reason !== undefined ? REFUSED : error;
};

/** What an event of Keycloak says, as JSON would have it. */
export const eventIn = (text: string): string | undefined => {
  const { type = '', error, rest = '' } = EVENT.exec(text)?.groups ?? {};
  if (error === undefined) return undefined;
  const [, double, single] = REASON.exec(rest) ?? [];
  const reason = double ?? single;
  return JSON.stringify({ error: answered(type, error, reason), error_description: reason });
};
