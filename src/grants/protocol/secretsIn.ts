const SECRET = /(token|code|verifier|secret|password|assertion|otp)$/;

/** The values of a token request that nobody may read: of its form, and of its `Authorization` header. */
export const secretsIn = ({ body, headers }: RequestInit): readonly string[] => {
  const fields = body instanceof URLSearchParams ? [...body] : [];
  const [, basic = ''] = new Headers(headers).get('authorization')?.split(' ') ?? [];
  const [, clientSecret = ''] = atob(basic).split(':');
  return [...fields.filter(([name]) => SECRET.test(name)).map(([, value]) => value), basic, clientSecret];
};
