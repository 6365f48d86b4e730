/**
 * Runs code of the app's, such as a listener. What it throws, or rejects with, is the app's own fault: it is printed and
 * stops nobody.
 */
export const runAppCode = <T>(run: () => T): T | undefined => {
  try {
    const result = run();
    // An async function that nobody awaits: its rejection would end a Node process.
    if (result !== undefined) Promise.resolve(result).catch(console.error);
    return result;
  } catch (error) {
    console.error(error);
    return undefined;
  }
};
