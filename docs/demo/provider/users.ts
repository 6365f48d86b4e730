/** Somebody who can sign in. */
export interface DemoUser {
  readonly username: string;
  readonly password: string;
  readonly sub: string;
  readonly name: string;
  readonly email: string;
}

/** Who can sign in unless told otherwise. */
export const demoUsers: readonly DemoUser[] = [
  { username: 'user1', password: 'password', sub: 'sub-1', name: 'Ada User', email: 'user1@example.com' },
  { username: 'user2', password: 'password', sub: 'sub-2', name: 'Bela User', email: 'user2@example.com' },
];

/** Finds users. */
export interface UserDirectory {
  bySub(sub: string): DemoUser | undefined;
  /** Only with the right password. */
  byCredentials(username: unknown, password: unknown): DemoUser | undefined;
}

/** Makes a list of users searchable. */
export function createUserDirectory(users: readonly DemoUser[]): UserDirectory {
  return {
    bySub: (sub) => users.find((user) => user.sub === sub),
    byCredentials: (username, password) =>
      users.find((user) => user.username === username && user.password === password),
  };
}

/** What the provider tells about a user, named as OpenID Connect names it. */
export function claimsOf({ sub, name, username, email }: DemoUser) {
  return { sub, name, preferred_username: username, email, email_verified: true };
}
