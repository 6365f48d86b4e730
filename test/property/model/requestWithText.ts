const texts = new WeakMap<Request, string>();

/** The body as it was put in: reading it from a `Request` takes a macrotask, which no scheduler here decides. */
export const textOf = (request: Request): string => texts.get(request) ?? '';

/** A `Request` that remembers its body as text, through ky's re-wrapping too. */
export class RequestWithText extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, init);
    const { body } = Object(init) as { body?: URLSearchParams | string | null };
    const text = body ? body.toString() : texts.get(input as Request);
    if (text !== undefined) texts.set(this, text);
  }
}
