/** The name by which the frame of a silent sign-in is known from inside. */
export const SILENT_FRAME = 'token-vigil';

/** Hands the answer in this page's address to the page that asked for it. */
export const answerParent = ({ parent, location }: Window): void =>
  parent.postMessage({ tokenVigil: location.href }, location.origin);

/**
 * For an app whose own start page is the page that the hidden frame of a silent sign-in returns to. Call it before you load anything
 * else. `true` means: this page is in that frame, its parent has the answer, and there is nothing else to do. If any other page
 * frames the app, it returns `false`.
 *
 * @example
 * if (!answerSilentSignIn()) await import('./app.js')
 */
export const answerSilentSignIn = (): boolean => {
  // Of another origin's frame, at the top and in Node there is none to see.
  const isFrame = globalThis.frameElement?.getAttribute('name') === SILENT_FRAME;
  if (isFrame) answerParent(window);
  return isFrame;
};
