type Fields = Record<string, string>;

const isAuthorization = (name: string): boolean =>
  name.length === 13 && name.toLowerCase() === 'authorization';

const isOther = ([name]: [string, string]): boolean => !isAuthorization(name);

/** A `Headers` of any realm, or another iterable that `fetch` takes. */
const isIterable = (headers: Headers | Fields): headers is Headers => Symbol.iterator in headers;

const namesAuthorization = (fields: Fields): boolean => {
  for (const name in fields) if (isAuthorization(name)) return true;
  return false;
};

/** Whether headers of any shape have an `Authorization`. */
export const hasAuthorization = (headers: HeadersInit): boolean => {
  if (Array.isArray(headers)) return !headers.every(isOther);
  if (isIterable(headers)) return new Headers(headers).has('Authorization');
  return namesAuthorization(headers);
};

/** New headers in the same shape, which is the cheapest, with this `Authorization` instead of any earlier one of ours. */
export const withAuthorization = (headers: HeadersInit | undefined, authorization: string): HeadersInit => {
  if (!headers) return { Authorization: authorization };
  if (Array.isArray(headers)) {
    return [...headers.filter(isOther), ['Authorization', authorization]];
  }
  if (!isIterable(headers)) return { ...headers, Authorization: authorization };
  const copy = new Headers(headers);
  copy.set('Authorization', authorization);
  return copy;
};
