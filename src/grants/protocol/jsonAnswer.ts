/** An error that holds the provider's answer. */
const notExpected = (response: Response): Error =>
  Object.assign(new Error(), { code: 'OAUTH_RESPONSE_IS_NOT_CONFORM', response });

/** The object that a 200 brings. @throws whatever else comes, with the response; and what breaks off, as the platform says it. */
export const jsonAnswer = async (response: Response): Promise<Readonly<Record<string, unknown>>> => {
  if (response.status !== 200) throw notExpected(response);
  const body: unknown = await response.json().catch((thrown: unknown) => {
    throw thrown instanceof SyntaxError ? notExpected(response) : thrown;
  });
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw notExpected(response);
};
