/** Keycloak's log and its events: `type=CODE_TO_TOKEN_ERROR, … error=invalid_code, reason="…"`. */
const EVENT =
  /\btype=["']?[A-Z_]+_ERROR\b[^\n]{0,2000}?\berror=["']?(?<error>[a-z_]{3,60})\b(?<rest>[^\n]{0,2000})/;

const REASON = /\breason=(?:"([^"\n]{1,300})|'([^'\n]{1,300}))/;

/** What an event of Keycloak says, as JSON would have it. */
export const eventIn = (text: string): string | undefined => {
  const { error, rest = '' } = EVENT.exec(text)?.groups ?? {};
  if (error === undefined) return undefined;
  const [, double, single] = REASON.exec(rest) ?? [];
  return JSON.stringify({ error, error_description: double ?? single });
};
