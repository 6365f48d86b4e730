import type { CookieOptions, Request, Response } from 'express';

/** A cookie that scripts cannot read and other sites' requests do not carry. */
export interface Cookie {
  read(request: Request): string | undefined;
  write(response: Response, value: string): void;
  clear(response: Response): void;
}

/** Over https it is `Secure`, and `__Host-` keeps other hosts of the domain from planting one. */
export const createCookie = (name: string, origin: string): Cookie => {
  const secure = origin.startsWith('https:');
  const fullName = secure ? `__Host-${name}` : name;
  // Lax and not Strict: the way back from the provider is a navigation from another site.
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
  return {
    read: ({ headers: { cookie = '' } }) =>
      cookie
        .split('; ')
        .find((pair) => pair.startsWith(`${fullName}=`))
        ?.slice(fullName.length + 1),
    write: (response, value) => void response.cookie(fullName, value, options),
    clear: (response) => void response.clearCookie(fullName, options),
  };
};
