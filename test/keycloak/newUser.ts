import { randomUUID } from 'node:crypto';
import { adminOf } from './admin.ts';

/** A user of one test alone: 23.0.3 takes the revocation of one refresh token for all of the user's sessions with the client. */
export const newUser = async (issuer: string): Promise<string> => {
  const { origin, pathname } = new URL(issuer);
  const username = `visitor-${randomUUID()}`;
  await adminOf(origin, pathname.split('/').at(-1)!).createUser(username);
  return username;
};
