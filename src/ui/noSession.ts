import { SessionError } from '../errors/sessionError.ts';

/** Nobody has given a session to the part of a UI that asks for one. @param remedy What the framework's way of giving it is */
export const noSession = (remedy: string): SessionError =>
  new SessionError('option_invalid', `There is no session here. ${remedy}`);
