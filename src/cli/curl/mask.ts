import { speltAs } from '../../explain/fieldNames.ts';
import { nameShown } from '../request/fieldShapes.ts';
import { showFor } from '../request/showFor.ts';
import type { HttpRequest } from './httpRequest.ts';

/** What stands in a command in place of what must not be seen. */
export interface Mask {
  /** The value of a field, of a header, or of `method`, `path`, `fragment` and `body`. */
  readonly value: (name: string, value: string) => string;
  /** The name of a field or a header, which may be a value that lost its name. */
  readonly name: (name: string) => string;
}

/** The fields whose values may be seen. All others are masked. */
const openFields: ReadonlySet<string> = new Set([
  'grant_type',
  'client_id',
  'scope',
  'redirect_uri',
  'audience',
  'resource',
  'client_assertion_type',
  'subject_token_type',
  'actor_token_type',
  'requested_token_type',
  'token_type_hint',
]);

/** The same of headers and of parts of the address. */
const openPlaces: ReadonlySet<string> = new Set(['method', 'path', 'content-type', 'accept', 'origin']);

const isOpen = (name: string): boolean =>
  openPlaces.has(name.toLowerCase()) || openFields.has(speltAs(name) ?? '');

/** An address can carry a user, a query or parameters, and those anything. */
const isPlain = (name: string, value: string): boolean =>
  name.toLowerCase() === 'content-type' || !/[?#@;]/.test(value);

/**
 * Shows what is known to be no secret, and names the rest: `<refresh_token>`. The request is the one that was sent, also
 * for what is made of it: a secret of a field that is left out may stand in another as well.
 */
export const maskFor = (request: HttpRequest): Mask => {
  const show = showFor(request);
  const nameOf = (name: string): string => {
    const shown = nameShown(name, show);
    return shown === name ? name : 'unknown';
  };
  return {
    name: nameOf,
    value: (name, value) => {
      const isShown = value === '' || (isOpen(name) && isPlain(name, value) && show(value) === value);
      return isShown ? value : `<${nameOf(name).trim()}>`;
    },
  };
};
