/** Node says beneath its `fetch failed` why. */
const reasonOf = ({ cause }: Error): string => {
  const { code } = Object(cause) as { code?: unknown };
  return typeof code === 'string' ? ` (${code})` : '';
};

/** What the platform said, stripped of all else: ky's errors hold the token request, and anybody's can. */
export const nativeCauseOf = (thrown: unknown): TypeError | DOMException | undefined => {
  let error = thrown;
  // Errors can cause themselves.
  for (let depth = 0; depth < 5 && error instanceof Error; depth++) {
    if (error instanceof DOMException) return new DOMException(error.message, error.name);
    if (error instanceof TypeError) return new TypeError(error.message + reasonOf(error));
    error = error.cause;
  }
  return undefined;
};
