/** Whether this is a page: on a server nothing is started, and what is shown is "not known yet". */
export const inBrowser = typeof document !== 'undefined';
