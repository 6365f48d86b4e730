import { formPiecesOf } from '../request/formFields.ts';
import type { Mask } from './mask.ts';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const maskedPath = (path: string, mask: Mask): string =>
  path
    .split('/')
    .map((segment) => {
      const text = decoded(segment);
      const masked = mask.value('path', text);
      return masked === text ? segment : masked;
    })
    .join('/');

const maskedQuery = (query: string, mask: Mask): string =>
  formPiecesOf(query)
    .map(([piece, [name, value]]) => {
      const masked = mask.value(name, value);
      const isShown = masked === value && mask.name(name) === name;
      return isShown ? piece : `${mask.name(name)}=${masked}`;
    })
    .join('&');

/** An address with what it carries masked. A fragment is not sent, and left out unless it may be seen. */
export const maskedAddress = (address: string, mask: Mask): string => {
  const [, path = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#[^]*)?$/.exec(address) ?? [];
  return [
    maskedPath(path, mask),
    query === undefined ? '' : `?${maskedQuery(query, mask)}`,
    mask.value('fragment', fragment) === fragment ? fragment : '',
  ].join('');
};
