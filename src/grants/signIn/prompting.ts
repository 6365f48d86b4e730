import { numberIn } from '../../claims/numberIn.ts';
import type { SessionRecord } from '../../record/sessionRecord.ts';
import type { GrantDeps } from '../grantDeps.ts';
import type { CodeGrantOptions } from '../protocol/codeGrant.ts';
import type { Provider } from '../protocol/provider.ts';
import type { TokenAnswer } from '../protocol/tokenAnswer.ts';
import type { SignInOptions } from '../signInOptions.ts';

/** What a sign-in asks of the provider in the end. */
export type Prompted = SignInOptions & Pick<CodeGrantOptions, 'uncheckedMaxAge'>;

/** After an end that left the provider's session alive, the next sign-in asks the user. */
export interface Prompting {
  /** The options of a sign-in, with what makes the provider ask where it must. */
  withPrompt(asked: SignInOptions): Promise<Prompted>;
}

/** When the user authenticated, by the clock of this page: both claims are the server's. `NaN` where they do not say so. */
const authenticatedAtMs = ({ claims, sentAt }: TokenAnswer): number =>
  sentAt.wallMs - (numberIn(claims, 'iat') - numberIn(claims, 'auth_time')) * 1000;

/** Whether the user was asked since then: by a prompt, or as the ID token shows. */
export const wasAsked =
  (answer: TokenAnswer, isPrompted: boolean) =>
  ({ promptLoginSinceWallMs }: SessionRecord): boolean =>
    isPrompted || authenticatedAtMs(answer) >= (promptLoginSinceWallMs ?? 0);

export const createPrompting = (
  provider: Provider,
  { record, flights, options }: Pick<GrantDeps, 'record' | 'flights' | 'options'>,
): Prompting => ({
  async withPrompt(asked) {
    // A sign-out of this moment.
    await flights.record;
    const { promptLogin } = await record.read();
    if (!promptLogin || asked.prompt !== undefined) return asked;
    const { prompt_values_supported: supported } = await provider.metadata();
    // A provider that says nothing of it knows it: OpenID Connect Core §3.1.2.1 demands it.
    if (!Array.isArray(supported) || supported.includes('login')) return { ...asked, prompt: 'login' };
    const { max_age: uncheckedMaxAge, ...others } = options.askUserWith;
    return { ...others, uncheckedMaxAge, ...asked };
  },
});
