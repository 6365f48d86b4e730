/** Whose remaining time: the access token's, or the session's if the user does nothing. */
export type RemainingOf = 'token' | 'session';
