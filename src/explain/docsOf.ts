/** A file of the package: it has no home page. */
const PAGE = 'docs/causes.md';

/** Where a cause is described. */
export const docsOf = (id: string): string => `${PAGE}#${id}`;
