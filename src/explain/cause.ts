import type { AnswerPattern } from './answerPattern.ts';
import type { EndpointKind } from './failedGrant.ts';
import type { Facts } from './facts.ts';

/** A sentence of evidence if the clue holds. It holds only by what is known, so that more evidence never makes it false. */
export type Clue = (facts: Facts) => string | undefined;

/** The checks of a token endpoint in their order: the first that fails decides the answer. */
export const steps = [
  'network',
  'address',
  'body',
  'realm',
  'grant_type',
  'client',
  'origin',
  'repetition',
  'length',
  'proof',
  'grant',
  'reading',
] as const;

/** A check of a token endpoint. `grant`: the rules of the grant itself. `reading`: whether a page may read the answer. */
export type Step = (typeof steps)[number];

/** A provider whose own words are known. */
export type KnownProvider =
  | 'keycloak'
  | 'auth0'
  | 'authentik'
  | 'cognito'
  | 'entra'
  | 'google'
  | 'hydra'
  | 'okta'
  | 'spring'
  | 'zitadel';

type Provider = 'any' | KnownProvider;

/** Where a client proves itself; Keycloak's logout wants it of whoever posts a refresh token. */
export const provingEndpoints: readonly EndpointKind[] = [
  'token',
  'introspection',
  'revocation',
  'device',
  'logout',
];

/** One thing that can be wrong: an entry of the tables. */
export interface Cause {
  /** Stable, kebab-case. */
  readonly id: string;
  /** What is wrong, one line. */
  readonly title: string;
  /** Whose own the answers are that it produces. `any`: RFC 6749, or no OAuth at all. */
  readonly provider: Provider;
  /** The check that fails. */
  readonly step: Step;
  /** How common it is among those with the same answer, 1 for the most common (counted in public reports). */
  readonly rank: number;
  /**
   * The endpoints that it concerns.
   * @default ['token']
   */
  readonly endpoints?: readonly EndpointKind[];
  /** The grants that it concerns. Absent: every one. */
  readonly grants?: readonly string[];
  /** Any of these answers suggests it. */
  readonly answers?: readonly AnswerPattern[];
  /** Any of these answers suggests it if a clue is seen. */
  readonly answersWithClue?: readonly AnswerPattern[];
  /** Each of these clues alone is a fault, with or without an answer. */
  readonly shownBy?: readonly Clue[];
  /**
   * Whether that fault is certainly what was refused: some servers overlook it, or it came up only when it was copied.
   * `isTold`: the server said it in words.
   * @default always
   */
  readonly isSure?: (facts: Facts, isTold: boolean) => boolean;
  /** Each of these clues supports it, once the answer fits. */
  readonly supportedBy?: readonly Clue[];
  /** Each of these leaves it no more than possible: it is a fault, but what was refused points elsewhere as well. */
  readonly doubtedBy?: readonly Clue[];
  /** Where it holds, that a junk token got through says nothing against the cause. */
  readonly outlastsProbe?: Clue;
  /** Any of these rules it out. */
  readonly excludedBy?: readonly Clue[];
  /** It says the same as another one does of another endpoint, so that it counts only where the request is known. */
  readonly isTwin?: boolean;
  /** It stands for several causes that look alike, so that it is never more than possible. */
  readonly isVague?: boolean;
  /** Reported only if nothing else fits: the meaning that RFC 6749 gives to the code. */
  readonly isFallback?: boolean;
  /** What you see. */
  readonly looks: string;
  /** Why it happens. */
  readonly why: string;
  /** What to change. The first sentence stands alone in error messages. */
  readonly remedy: string;
  /** How to check it. */
  readonly check: string;
}
