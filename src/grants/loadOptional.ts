/**
 * Loads what only sessions with certain options need: storage, adoption, grants of the app's own, passwords, signatures.
 *
 * @throws {SessionError} `code_not_loaded`
 */
export type LoadOptional = () => Promise<typeof import('./optionalParts.ts')>;
