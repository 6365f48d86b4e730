import type { Failure } from './failure.ts';
import type { User } from './userSessions.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (found) => entities[found] ?? found);

const page = (title: string, html: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<h1>${escapeHtml(title)}</h1>
${html}
`;

export const strangerPage = (): string => page('Nobody is signed in', '<p><a href="/login">Sign in</a></p>');

/** The tokens stay on the server: the page knows a name and an instant. */
export const userPage = ({ name }: User, freshUntil: string): string =>
  page(
    `Hello ${name}`,
    `<p>The access token is fresh until <output id="fresh-until">${escapeHtml(freshUntil)}</output></p>
<p><button id="refresh">Refresh now</button></p>
<form method="post" action="/logout"><button>Sign out</button></form>
<script src="/page.js" type="module"></script>`,
  );

export const failurePage = ({ body: { message, next, signIn } }: Failure): string =>
  page(
    'That did not work',
    `<p>${escapeHtml(message)}</p>
<p>${escapeHtml(next)} <a href="${signIn ?? '/'}">${signIn ? 'Sign in' : 'Front page'}</a></p>`,
  );

/**
 * Runs in the browser: tells the server that somebody is there, at most twice a minute, and shows how far the session has come.
 * Reading with a hand on the mouse, scrolling and typing keep it alive; an open page alone does not.
 */
export const pageScript = `
const freshUntil = document.querySelector('#fresh-until');

const post = async (path) => {
  const response = await fetch(path, { method: 'POST' });
  if (response.status === 401) return location.assign('/');
  const answer = await response.json();
  freshUntil.textContent = answer.freshUntil ?? answer.message;
};

let toldAtMs = -Infinity;
const tell = ({ isTrusted }) => {
  if (!isTrusted || performance.now() - toldAtMs < 30_000) return;
  toldAtMs = performance.now();
  void post('/presence');
};
for (const sign of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove']) {
  addEventListener(sign, tell, { capture: true, passive: true });
}

document.querySelector('#refresh').addEventListener('click', () => post('/refresh_token'));
`;
