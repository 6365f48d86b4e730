import type { KnownProvider } from './cause.ts';
import type { NoAnswer } from './failedGrant.ts';

/** An answer that a cause produces. What is left out may be anything. */
export interface AnswerPattern {
  readonly status?: number | readonly number[];
  /** `error`, in any case; `null`: there is none. */
  readonly error?: string | null;
  /** Beginnings of `error_description`, in any case: the wording changes with the version. */
  readonly words?: readonly string[];
  /** Parts of `error_description`, in any case, for those who put a general sentence before what they mean. */
  readonly within?: readonly string[];
  /** It is the answer to these grants; to every one if it is left out. */
  readonly grants?: readonly string[];
  /** Whose answer it is: it does not fit where the answer is known to be another provider's. */
  readonly provider?: KnownProvider;
  /** Others may say the same, so that it fits only where the provider is known. */
  readonly isCommonplace?: true;
  /** Words that speak of it, in whatever sentence: they point less than a sentence that is known. */
  readonly isHint?: true;
  /** Words of whoever takes access tokens: not beside a code that only those say who issue tokens. */
  readonly isOfResource?: true;
  /** Whether nobody but a program says the words, of this and nothing else, so that they do without the request. */
  readonly isTelling?: boolean;
  /** Scheme of `WWW-Authenticate`. */
  readonly challenge?: string;
  readonly contentType?: string;
  readonly isMalformed?: boolean;
  readonly isReadable?: boolean;
  readonly isInactive?: boolean;
  /** There was no answer, for this reason. Words are then those of the program that asked. */
  readonly noAnswer?: NoAnswer;
}
