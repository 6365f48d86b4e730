/** A request as somebody sent it, secrets and all: it is never printed, and what is told of it is its shape. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** In the order and spelling of the command, repetitions included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: HttpBody | undefined;
  /** Variables and substitutions in it that a shell fills in, as they are written: their values are not known. */
  readonly filledIn?: readonly string[] | undefined;
}

export type HttpBody =
  /** As it goes over the wire, encoded already. */
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'multipart'; readonly parts: readonly (readonly [name: string, value: string])[] };
