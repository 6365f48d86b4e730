import { createSession } from 'token-vigil';

const settings = await (await fetch('/settings.json')).json();

const session = createSession({
  issuer: settings.issuer,
  clientId: settings.clientId,
  tokenOrigins: [settings.apiOrigin],
  idle: settings.idle,
});

/** @param {string} id */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

/** What the page shows of a session is one object; this runs when it has changed. */
const show = () => {
  const { status, state, user, endReason, error } = session.view;
  byId('state').textContent = state;
  byId('state').dataset['state'] = state;
  byId('name').textContent = user ? String(user.name) : '';
  byId('sign-out').hidden = byId('signed-in').hidden = status !== 'signedIn';
  byId('signed-out').hidden = status !== 'signedOut';
  byId('why').textContent = endReason ? `The session is over: ${endReason}.` : 'Nobody is signed in.';
  byId('error').hidden = !error;
  byId('error').textContent = error?.message ?? '';
  if (!user) byId('items').replaceChildren();
};
session.subscribe(show);
show();

const life = session.remaining('token', 250);
const showLife = () => {
  const bar = byId('life');
  bar.hidden = life.get() === null;
  bar.max = settings.tokenLife;
  bar.value = life.get() ?? 0;
};
life.subscribe(showLife);

const dialog = byId('warning');
const warn = () => {
  const { warning } = session.view;
  if (!warning) return dialog.close();
  const at = new Date(warning.deadline.wallMs).toLocaleTimeString();
  byId('idle-text').textContent =
    `You will be signed out at ${at}. Move the mouse, tap or press a key to stay.`;
  return dialog.open ? undefined : dialog.showModal();
};
session.select(({ warning }) => warning).subscribe(warn);
dialog.addEventListener('cancel', session.stay);
byId('stay').addEventListener('click', session.stay);

/** @param {unknown} thrown */
const complain = (thrown) => {
  byId('error').hidden = false;
  byId('error').textContent = String(thrown);
};

byId('sign-in').addEventListener('click', () => session.signIn().catch(complain));
byId('sign-out').addEventListener('click', () => session.signOut());
byId('password').addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  session.signIn(Object.fromEntries(new FormData(byId('password')))).catch(complain);
});
byId('load').addEventListener('click', async () => {
  try {
    // The request waits for a fresh token, and never leaves with an expired one.
    const { items } = await (await session.fetch(`${settings.apiOrigin}/items`)).json();
    byId('items').replaceChildren(
      ...items.map((/** @type {string} */ item) =>
        Object.assign(document.createElement('li'), { textContent: item }),
      ),
    );
  } catch (error) {
    complain(error);
  }
});

// Restores the session after a reload, and renews from now on while somebody is there.
session.start().catch(complain);
warn();
