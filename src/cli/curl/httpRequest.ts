/** A request as somebody sent it, secrets and all: it is never printed, and what is told of it is its shape. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** In the order and spelling of the command, repetitions included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: HttpBody | undefined;
  /** Its address begins with a variable, which holds the scheme as well. */
  readonly isSchemeAssumed?: boolean | undefined;
  /** Texts in it that stand for what nobody copied: variables of a shell or a program, and what was blacked out. */
  readonly filledIn?: readonly string[] | undefined;
  /** What was sent in place of the form depends on the version of a library: it may have been JSON. */
  readonly isEncodingUnsure?: boolean | undefined;
  /** Some of it is in a file that a command reads. */
  readonly hasFiles?: boolean | undefined;
  /** There was more than what is known of it, such as a body. */
  readonly isSketch?: boolean | undefined;
}

export type HttpBody =
  /** As it goes over the wire, encoded already. */
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'multipart'; readonly parts: readonly (readonly [name: string, value: string])[] };
