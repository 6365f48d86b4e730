import { createSession } from 'token-vigil';

const session = createSession({
  issuer: 'https://id.example.com/realms/app', // as the provider's discovery document states it
  clientId: 'web', // a public client, with this page's address as its redirect URI
  tokenOrigins: ['self', 'https://api.example.com'], // who may receive the token, exactly
});
session.subscribe(() => (document.title = session.state));
session.on('warned', ({ deadline }) => console.warn('Still there? It ends at', new Date(deadline.wallMs)));
session.on('expired', ({ reason }) => (document.body.textContent = `The session is over: ${reason}`));

try {
  const user = await session.require(); // restored after a reload, else a sign-in by redirect
  document.body.textContent = `Hello ${user.name ?? user.sub}`;

  const response = await session.fetch('https://api.example.com/todos'); // a fresh token, or it waits for one
  document.body.append(`, the API says ${response.status}`);
} catch (error) {
  document.body.textContent = String(error); // what failed, why, and what to do
}
