/** Whether a body can be read only once. */
export const isStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);

/** By name: what is of another realm is no `instanceof` ours. */
const isA = <Name extends keyof Kinds>(name: Name, body: object): body is Kinds[Name] =>
  Object.prototype.toString.call(body) === `[object ${name}]`;

interface Kinds {
  readonly ArrayBuffer: ArrayBuffer;
  readonly FormData: FormData;
  readonly URLSearchParams: URLSearchParams;
}

const copyOfForm = (form: FormData): FormData => {
  const copy = new FormData();
  form.forEach((value, name) => copy.append(name, value));
  return copy;
};

/** A body as `fetch` would take it now, out of reach of later changes. What cannot change, or is read once, is returned as it is. */
export const takeBody = (body: BodyInit | null | undefined): BodyInit | null | undefined => {
  if (typeof body !== 'object' || body === null) return body;
  if (ArrayBuffer.isView(body)) {
    const { buffer, byteOffset, byteLength } = body;
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }
  if (isA('ArrayBuffer', body)) return body.slice(0);
  if (isA('URLSearchParams', body)) return new URLSearchParams(body);
  return isA('FormData', body) ? copyOfForm(body) : body;
};
