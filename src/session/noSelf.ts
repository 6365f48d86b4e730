import { SessionError } from '../errors/sessionError.ts';

/** `tokenOrigins` means the page's own origin where there is none. */
export const noSelf = (): SessionError =>
  new SessionError(
    'option_invalid',
    "createSession: there is no page to be 'self', and requests get no token. Name your API's origin in `tokenOrigins`",
  );
