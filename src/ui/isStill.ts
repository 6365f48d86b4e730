/** Whether what is shown is what is true. Not if either throws: whoever shows the value meets that. That may be nobody. */
export const isStill = <T>(shown: () => T, get: () => T): boolean => {
  try {
    return Object.is(shown(), get());
  } catch {
    return false;
  }
};
