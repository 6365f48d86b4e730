import type { HttpRequest } from '../curl/httpRequest.ts';
import type { Field } from './field.ts';
import { formFieldsOf } from './formFields.ts';

/** The query of an address, without the `?`. */
export const queryIn = (url: string): string => /\?([^#]*)/.exec(url.split('#', 1)[0]!)?.[1] ?? '';

/** The fields of the query. */
export const queryFieldsOf = ({ url }: HttpRequest): readonly Field[] => formFieldsOf(queryIn(url));
