import { runAppCode } from '../errors/runAppCode.ts';
import type { SessionError } from '../errors/sessionError.ts';
import type { Settings } from './resolveOptions.ts';

/** Tells the app of what is wrong but not fatal. */
export const warn = ({ onWarning }: Pick<Settings, 'onWarning'>, warning: SessionError): void => {
  runAppCode(() => (onWarning ?? console.warn)(warning));
};
