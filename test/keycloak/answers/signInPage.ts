const cookiesIn = ({ headers }: Response): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');

/** Where the form of the page is sent to. */
const actionIn = (page: string): string => {
  const [, action] = /<form[^>]+action="([^"]+)"/.exec(page) ?? [];
  if (!action) throw new Error('The sign-in page has no form');
  return action.replaceAll('&amp;', '&');
};

/** Signs `user1` in by Keycloak's own page, without a browser, and gives the code of the way back. */
export const codeBySignInPage = async (
  realmUrl: string,
  asked: Readonly<Record<string, string>>,
): Promise<string> => {
  const query = new URLSearchParams({ response_type: 'code', scope: 'openid', ...asked });
  const shown = await fetch(`${realmUrl}/protocol/openid-connect/auth?${query}`, { redirect: 'manual' });
  const entered = await fetch(actionIn(await shown.text()), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesIn(shown) },
    body: new URLSearchParams({ username: 'user1', password: 'password' }),
  });
  const back = new URL(entered.headers.get('location') ?? 'about:blank');
  const code = back.searchParams.get('code');
  if (!code) throw new Error(`No code came back: ${entered.status}`);
  return code;
};
