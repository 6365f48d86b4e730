import type { SessionRecord } from '../../record/sessionRecord.ts';
import type { SignInOptions } from '../signInOptions.ts';

/** The options of a sign-in: after an end that left the provider's session alive, it asks the user. */
export const prompting = (asked: SignInOptions, { promptLogin }: SessionRecord): SignInOptions =>
  asked.prompt === undefined && promptLogin ? { ...asked, prompt: 'login' } : asked;
