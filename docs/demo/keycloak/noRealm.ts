/** There is nothing to play on; the message says in one line what is missing, and how to have it. */
export class NoRealm extends Error {
  constructor(missing: string) {
    super(`${missing}. npm run keycloak starts a server with the demo's realm`);
  }
}
