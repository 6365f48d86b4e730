import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import { readForm } from '../http/readForm.ts';
import type { Context, Middleware } from './middleware.ts';
import { escapeHtml, page } from './pages.ts';
import type { UserDirectory } from './users.ts';

const root = '/interaction/';

/** Where oidc-provider sends the browser when it needs the person. */
export const signInPath = (uid: string): string => `${root}${uid}`;

/** Asks for name and password. Consent is never asked for: the app and the provider are of one house. */
export function signInPage(provider: Provider, users: UserDirectory): Middleware {
  const finish = (ctx: Context, result: InteractionResults) => {
    ctx.respond = false;
    return provider.interactionFinished(ctx.req, ctx.res, result);
  };

  async function submit(ctx: Context): Promise<void> {
    const form = await readForm(ctx.req);
    if (form.has('cancel')) return finish(ctx, { error: 'access_denied' });
    const user = users.byCredentials(form.get('username'), form.get('password'));
    if (user) return finish(ctx, { login: { accountId: user.sub } });
    return show(ctx, textOf(form.get('username')), 'Unknown user name or wrong password.');
  }

  return async (ctx, next) => {
    if (!ctx.path.startsWith(root)) return next();
    const { prompt, params } = await provider.interactionDetails(ctx.req, ctx.res);
    if (prompt.name === 'consent') return finish(ctx, { consent: {} });
    if (ctx.method === 'POST') return submit(ctx);
    return show(ctx, textOf(params['login_hint']));
  };
}

function show(ctx: Context, username: string, complaint?: string): void {
  ctx.type = 'html';
  ctx.set('Cache-Control', 'no-store');
  ctx.body = page('Sign in', formHtml(username, complaint));
}

function formHtml(username: string, complaint?: string): string {
  const [focusName, focusPassword] = username ? ['', ' autofocus'] : [' autofocus', ''];
  return `<form method="post">
${complaint ? `<p role="alert">${escapeHtml(complaint)}</p>` : ''}
<label for="username">User name</label>
<input id="username" name="username" value="${escapeHtml(username)}" autocomplete="username" required${focusName}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${focusPassword}>
<button>Sign in</button>
<button name="cancel" formnovalidate>Cancel</button>
</form>`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
