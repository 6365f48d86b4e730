import { SessionError } from '../errors/sessionError.ts';

/** What is wrong where a page makes two sessions of one name: of the first one's calls, or of the attempt to make the second. */
export const conflictOf = ({ name }: { readonly name: string }): SessionError =>
  new SessionError(
    'session_conflict',
    `Two sessions are named '${name}': the second replaces the first once that is stopped. Use the second, or give one of them a \`name\``,
  );
