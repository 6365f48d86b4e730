import { createSessionMachine, defaultMachineSettings, loginFrom, refreshFrom } from 'token-vigil/machine';
import { createActor } from 'xstate';
import { credentialsIn } from '../shared/credentialsIn.ts';
import { settings } from '../shared/settings.ts';

const byId = (id: string): HTMLElement => document.getElementById(id)!;

/** What a token endpoint answers. */
interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly refresh_expires_in?: number;
  readonly error?: string;
}

/** The tokens stay in this file. */
let tokens: TokenAnswer | undefined;
let credentials = { username: '', password: '' };

const { token_endpoint: endpoint } = (await (
  await fetch(`${settings.issuer}/.well-known/openid-configuration`)
).json()) as { token_endpoint: string };

/** One token request; what the answer says about time is all that the machine is told. */
const request = async (parameters: Record<string, string>) => {
  const body = new URLSearchParams({ client_id: settings.clientId, ...parameters });
  const response = await fetch(endpoint, { method: 'POST', body });
  const answer = (await response.json()) as TokenAnswer;
  const { error, expires_in, refresh_expires_in } = answer;
  if (!response.ok) throw { failureClass: 'terminal', code: 'refused', error, status: response.status };
  tokens = answer;
  return { expires_in, ...(refresh_expires_in && { refresh_expires_in }), renewable: true };
};

const machine = createSessionMachine().provide({
  actors: {
    login: loginFrom(async ({ kind }) =>
      kind === 'interactive'
        ? request({ grant_type: 'password', scope: 'openid profile', ...credentials })
        : null,
    ),
    refresh: refreshFrom(async () =>
      request({ grant_type: 'refresh_token', refresh_token: tokens!.refresh_token }),
    ),
  },
});

const idle = { ...defaultMachineSettings.idle!, afterMs: settings.idle.after };
const actor = createActor(machine, { input: { idle } });

actor.subscribe(({ value, context }) => {
  const state = typeof value === 'string' ? value : Object.entries(value).flat().join('.');
  byId('state').textContent = state;
  byId('state').dataset['state'] = state;
  byId('context').textContent = JSON.stringify(context, null, 2);
});
actor.on('*', ({ type }) => {
  const line = `${new Date().toLocaleTimeString()} ${type}`;
  byId('facts').append(Object.assign(document.createElement('li'), { textContent: line }));
});
actor.start();

// At most one a second: more would tell the machine nothing.
let lastMs = 0;
for (const sign of ['pointermove', 'keydown', 'pointerdown', 'wheel'])
  addEventListener(
    sign,
    ({ timeStamp }) => {
      if (timeStamp - lastMs < 1000) return;
      lastMs = timeStamp;
      actor.send({ type: 'user.active' });
    },
    { passive: true },
  );

byId('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  credentials = credentialsIn(event);
  actor.send({ type: 'session.signIn', ticket: 1 });
});
byId('renew').addEventListener('click', () => actor.send({ type: 'session.renew', by: 'app' }));
byId('sign-out').addEventListener('click', () => {
  tokens = undefined;
  actor.send({ type: 'session.signOut' });
});
