import { SessionError } from '../errors/sessionError.ts';

/** `tokenOrigins` means the page's own origin where there is none. */
export const noSelf = (): SessionError =>
  new SessionError(
    'option_invalid',
    "createSession: requests get no token, since there is no page to be 'self'. Set `tokenOrigins` to your API",
  );
