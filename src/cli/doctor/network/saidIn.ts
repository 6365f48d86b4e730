type Said = Readonly<Record<string, unknown>>;

/** What an answer says, in the words of OAuth. */
export interface Words {
  readonly error?: string | undefined;
  readonly description?: string | undefined;
}

const isObject = (value: unknown): value is Said => typeof value === 'object' && value !== null;

/** A list of reasons counts by its first. */
const textOf = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return textOf(value[0]);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const first = (said: Said, names: readonly string[]): string | undefined =>
  names.map((name) => textOf(said[name])).find((text) => text !== undefined);

const CODES = [
  'error',
  'Error',
  'errorCode',
  'error_code',
  'code',
  '__type',
  'errorcode',
  'errcode',
] as const;
const SENTENCES = [
  'error_description',
  'errorDescription',
  'errorSummary',
  'errorMessage',
  'message',
  'Message',
  'description',
  'detail',
  'error_message',
  'faultstring',
  'reason',
  'msg',
  'errmsg',
  'title',
] as const;

/** What FusionAuth and the PHP League (Laravel Passport) add to a general sentence. */
const PARTICULARS = ['error_reason', 'hint'] as const;

const descriptionIn = (said: Said): string | undefined => {
  const sentence = first(said, SENTENCES);
  const particular = first(said, PARTICULARS);
  return sentence && particular ? `${sentence} (${particular})` : sentence;
};

/** A code is a word; what stands in its place otherwise are words. */
const wordsOf = (said: Said): Words => ({ error: first(said, CODES), description: descriptionIn(said) });

const insideOf = (said: Said): Said | undefined =>
  [said['error'], said['errors'], said['fault'], said['detail'], said['Error'], said['result']]
    .map((value) => (Array.isArray(value) ? (value[0] as unknown) : value))
    .find(isObject);

/** Google's `status` and Apigee's code inside of `detail` say more than the number beside them. */
const inside = (said: Said): Words => {
  const { error, description } = wordsOf(said);
  const status =
    textOf(said['status']) ?? textOf(said['type']) ?? textOf(Object(said['detail'])['errorcode']);
  return { error: error ?? status, description };
};

/** Cognito writes its types with a namespace in front and an address behind. */
const tidyCode = (code: string | undefined): string | undefined =>
  code?.replace(/^.*#/, '').replace(/:https?:.*$/, '');

/** Go's libraries, among others, write both into one field. */
const CODE_AND_SENTENCE =
  /^((?:invalid|unauthorized|unsupported|access|server|temporarily|insufficient)_[a-z_]{2,40}): +(\S.*)$/;

const apart = (words: Words): Words => {
  const [, error, description] = CODE_AND_SENTENCE.exec(words.error ?? '') ?? [];
  return error === undefined ? words : { error, description: words.description ?? description };
};

/**
 * What servers say of a failure in JSON: OAuth, and the ways of Okta (`errorCode`), Auth0 (`message`), Spring,
 * authentik (`detail`), Google and Graph (`error` is an object), Zitadel and AWS (`message`), Keycloak's admin API
 * (`errorMessage`), Apigee (`fault`).
 */
export const saidIn = (said: Said | undefined): Words => {
  if (!said) return {};
  const own = wordsOf(said);
  const deeper = insideOf(said);
  const other = deeper ? inside(deeper) : {};
  return apart({
    error: tidyCode(own.error ?? other.error),
    description: own.description ?? other.description,
  });
};

/** What a page calls itself. */
export const titleIn = (text: string): string | undefined =>
  /<title[^>]{0,200}>\s*([^<]{1,300})/i.exec(text.slice(0, 100_000))?.[1]?.trim();
