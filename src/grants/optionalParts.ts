export { createStoredTokens } from '../storage/storedTokens.ts';
export { createAdopt } from './adopt.ts';
export { customRenewal } from './protocol/customAnswer.ts';
export { readKeysAhead, requireSignature } from './protocol/requireSignature.ts';
export { createInPlace } from './signIn/inPlace.ts';
export { warnOfOptions } from './warnOfOptions.ts';
