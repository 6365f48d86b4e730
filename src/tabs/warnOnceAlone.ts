import type { SessionError } from '../errors/sessionError.ts';

const codes = new Set<SessionError['code']>(['tabs_unavailable', 'record_unavailable']);

/** Of what leaves this tab to itself a page is told once: where more is missing as well, nothing else follows from it. */
export const warnOnceAlone = (onWarning: (warning: SessionError) => void): typeof onWarning => {
  let isTold = false;
  return (warning) => {
    const isOfThis = codes.has(warning.code);
    if (isOfThis && isTold) return;
    isTold ||= isOfThis;
    onWarning(warning);
  };
};
