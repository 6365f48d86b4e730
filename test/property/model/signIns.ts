import type { Family } from './mint.ts';

/** A call of `signIn` or `require`. */
export interface SignIn {
  readonly number: number;
  /** `signIn`, not `require`: the app knows what it does. */
  readonly isByTheApp: boolean;
  /** It carries a name and a password, and settles by its own answer. */
  readonly isInPlace: boolean;
  isGivenUp: boolean;
  isSettled: boolean;
  /** Its tokens have reached the page. */
  family: Family | undefined;
  /** They name nobody, while somebody with a name was signed in. */
  mustFail: boolean;
}

/** The sign-ins that the app has asked for in this page. */
export const createSignIns = () => {
  const all = new Map<number, SignIn>();
  let numbers = 0;
  return {
    begin(isByTheApp: boolean, isInPlace: boolean): SignIn {
      const number = ++numbers;
      const signIn = {
        number,
        isByTheApp,
        isInPlace,
        isGivenUp: false,
        isSettled: false,
        family: undefined,
        mustFail: false,
      };
      all.set(number, signIn);
      return signIn;
    },
    get: (number: number | undefined): SignIn | undefined => all.get(number ?? -1),
    /** Those that still may do something. */
    get wanted(): SignIn[] {
      return [...all.values()].filter(({ isGivenUp, isSettled }) => !isGivenUp && !isSettled);
    },
    /** Signed out, stopped, or come back from the provider by the Back button. */
    giveUpAll(): void {
      for (const signIn of all.values()) signIn.isGivenUp = true;
    },
    forget: (): void => all.clear(),
  };
};
