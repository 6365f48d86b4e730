/** What each state means, for diagrams and inspectors. */
export const descriptions = {
  anonymous: 'No tokens.',
  restoring:
    'Asking the record, the other tabs, the configured storage and the provider whether somebody is signed in.',
  settled: 'Nobody is signed in.',
  signingIn: 'A login grant is running, or the page is about to leave for the provider.',
  authenticated:
    'Tokens held, user present. Renewal is scheduled ahead of the earlier of the two token ends.',
  refreshing: 'A renewal is under way. Requests still pass while the old token is fresh.',
  granting: 'The refresh grant was sent and its answer is awaited.',
  backingOff: 'The last try failed and may succeed later. Waiting requests share the next one.',
  rescuing:
    'The refresh token is spent or refused, or may be: one silent sign-in is tried before the session is called over.',
  idle: 'The user is away. Nothing is renewed; a token that is still fresh may be used.',
  quiet: 'The end of the idle session is not near, or nothing known will end it.',
  warning: 'The end of the idle session is near and the user has been told.',
  expired: 'The session is over, the tokens are gone, and the reason is known.',
} as const;
