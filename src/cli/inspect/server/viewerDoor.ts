import type { IncomingHttpHeaders } from 'node:http';
import { createSecret } from './secret.ts';

/** How a viewer gets in: by an address that works once, and by the cookie that it then has. */
export interface ViewerDoor {
  /** For the address. */
  readonly oneTimeToken: string;
  /** The `Set-Cookie` line for the token, which is spent with it; `undefined`: it is wrong or spent. */
  spend(token: string): string | undefined;
  isOpenTo(headers: IncomingHttpHeaders): boolean;
}

/** Cookies belong to all ports of a host: each has a name of its own. */
export const createViewerDoor = (port: number): ViewerDoor => {
  const name = `token-vigil-inspect-${port}`;
  const [oneTime, session] = [createSecret(), createSecret()];
  let isSpent = false;

  return {
    oneTimeToken: oneTime.value,
    spend(token) {
      if (isSpent || !oneTime.isSame(token)) return undefined;
      isSpent = true;
      return `${name}=${session.value}; Path=/; HttpOnly; SameSite=Strict`;
    },
    isOpenTo({ cookie = '' }) {
      // A page of another port can set one of the same name, which may come first.
      const given = cookie.split('; ').filter((pair) => pair.startsWith(`${name}=`));
      return given.some((pair) => session.isSame(pair.slice(name.length + 1)));
    },
  };
};
