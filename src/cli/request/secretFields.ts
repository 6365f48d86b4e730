/** The fields whose values are secrets. */
export const secretFields: ReadonlySet<string> = new Set([
  'refresh_token',
  'password',
  'code',
  'code_verifier',
  'client_secret',
  'client_assertion',
  'access_token',
  'id_token',
  'id_token_hint',
  'assertion',
  'subject_token',
  'actor_token',
  'device_code',
  'totp',
]);
