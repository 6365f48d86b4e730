/** Node says beneath its `fetch failed` why. */
const reasonOf = ({ cause }: Error): string => {
  const { code } = Object(cause) as { code?: unknown };
  return typeof code === 'string' ? ` (${code})` : '';
};

/**
 * What the platform said, stripped of all else: ky's errors hold the token request, and anybody's can. `tidied` makes
 * their words fit to be shown.
 */
export const nativeCauseOf = (
  thrown: unknown,
  tidied: (text: string) => string | undefined,
): TypeError | DOMException | undefined => {
  let error = thrown;
  // Errors can cause themselves.
  for (let depth = 0; depth < 5 && error instanceof Error; depth++) {
    if (error instanceof DOMException) return new DOMException(tidied(error.message), tidied(error.name));
    if (error instanceof TypeError) return new TypeError(tidied(error.message + reasonOf(error)));
    error = error.cause;
  }
  return undefined;
};
