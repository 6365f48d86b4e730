import { CliError } from '../../cliError.ts';
import { balancedEnd } from '../answer/balancedEnd.ts';
import type { Exchange } from '../exchange.ts';
import { documentsIn, isJson, type Json } from './documentsIn.ts';
import { isHar, readHar } from './readHar.ts';
import { isInsomnia, readInsomnia } from './readInsomnia.ts';
import { isCollection, readPostman } from './readPostman.ts';

interface DocumentReader {
  readonly is: (document: Json) => boolean;
  readonly read: (documents: readonly Json[]) => readonly Exchange[];
}

const refuse = (message: string) => (): never => {
  throw new CliError(message);
};

const HOW_TO_CURL = 'open the request there, choose its code as cURL, and paste that';

/** The first that fits counts. */
const readers: readonly DocumentReader[] = [
  { is: isHar, read: (documents) => documents.filter(isHar).flatMap(readHar) },
  { is: isCollection, read: readPostman },
  { is: isInsomnia, read: (documents) => documents.filter(isInsomnia).flatMap(readInsomnia) },
  {
    is: (document) => Array.isArray(document['values']) && 'name' in document,
    read: refuse(
      'This is an environment of Postman without a request: put the exported collection (v2.1) above it, both in one file',
    ),
  },
  {
    is: (document) => Array.isArray(document['requests']) && Array.isArray(document['order']),
    read: refuse('This is a collection of Postman in its old form: export it as v2.1'),
  },
  {
    is: (document) => isJson(document['paths']) && ('openapi' in document || 'swagger' in document),
    read: refuse(
      `This describes an API (OpenAPI) and is no request: send one from your tool, ${HOW_TO_CURL}`,
    ),
  },
];

/** How the files of browsers, Postman and Insomnia begin. */
const OF_TOOL = /^\s*\{\s*"(?:log|info|_type)"/;

const refuseCutOff = (text: string): void => {
  if (!OF_TOOL.test(text) || balancedEnd(text, text.indexOf('{')) !== -1) return;
  const lines = text.trimEnd().split('\n').length;
  throw new CliError(
    `The file is cut off: it ends in line ${lines}, before its brackets are closed. Export it again, or copy all of it`,
  );
};

/** The requests of a file that a tool has exported; `undefined`: it is none. */
export const readDocuments = (text: string): readonly Exchange[] | undefined => {
  const documents = documentsIn(text);
  if (!documents) refuseCutOff(text);
  if (!documents) return undefined;
  return readers.find(({ is }) => documents.some(is))?.read(documents);
};
