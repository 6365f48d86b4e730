/** Whether a body can be read only once. */
export const isStream = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body);

/** By name: what is of another realm is no `instanceof` ours. */
const nameOf = (body: unknown) => (body as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag];

/** The forms of npm packages have the name only; the app's transport knows what to do with them. */
const copyOfForm = (form: FormData): FormData => {
  if (typeof form.forEach !== 'function') return form;
  const copy = new FormData();
  form.forEach((value, name) => copy.append(name, value));
  return copy;
};

/** A body as `fetch` would take it now, out of reach of later changes. What cannot change, or is read once, is returned as it is. */
export const takeBody = (body: BodyInit): BodyInit => {
  if (ArrayBuffer.isView(body)) {
    const { buffer, byteOffset, byteLength } = body;
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }
  switch (nameOf(body)) {
    case 'ArrayBuffer':
      return (body as ArrayBuffer).slice(0);
    case 'URLSearchParams':
      return new URLSearchParams(body as URLSearchParams);
    case 'FormData':
      return copyOfForm(body as FormData);
    default:
      return body;
  }
};
