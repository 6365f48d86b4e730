/** What prints all that is known of a cause: the package does not hold the guide. */
export const docsOf = (id: string): string => `npx token-vigil cause ${id}`;
