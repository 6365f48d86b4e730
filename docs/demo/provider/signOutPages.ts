import type { KoaContextWithOIDC } from 'oidc-provider';
import { page } from './pages.ts';

/** Signs out at once who comes with the ID token of the very user that is signed in; asks everybody else. */
export function signOutPage(ctx: KoaContextWithOIDC, form: string): void {
  ctx.body = page('Sign out', withButton(form) + (isExpected(ctx) ? submitAtOnce : ''));
}

/** Where a sign-out ends that names no place to go to. */
export function signedOutPage(ctx: KoaContextWithOIDC): void {
  ctx.body = page('Signed out', '<p>You are signed out.</p>');
}

const submitAtOnce = '<script>document.querySelector("button").click()</script>';

function isExpected({ oidc }: KoaContextWithOIDC): boolean {
  const { IdTokenHint } = oidc.entities;
  return IdTokenHint !== undefined && IdTokenHint.payload['sub'] === oidc.session?.accountId;
}

function withButton(form: string): string {
  return form.replace('</form>', '<button name="logout" value="yes">Sign out</button></form>');
}
