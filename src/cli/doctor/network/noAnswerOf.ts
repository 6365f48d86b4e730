import type { NoAnswer } from '../../../explain/failedGrant.ts';

/** Codes and messages of the transport (Node's sockets, OpenSSL, undici), the first that fits. */
const reasons: readonly (readonly [pattern: RegExp, reason: NoAnswer])[] = [
  [/\b(ENOTFOUND|EAI_AGAIN|EAI_NODATA)\b/, 'name_unknown'],
  [/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|\bEPROTO\b/, 'certificate_refused'],
  [/\b(AbortError|TimeoutError|ETIMEDOUT)\b|UND_ERR_\w*TIMEOUT/, 'timed_out'],
  [/\b(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)\b/, 'connection_refused'],
];

const MOST_CAUSES = 8;

/** What the chain of causes says; happy eyeballs throw several errors as one. */
const wordsOf = (error: unknown, depth = 0): string => {
  if (!(error instanceof Error) || depth > MOST_CAUSES) return '';
  const { code, errors = [] } = error as { code?: unknown; errors?: readonly unknown[] };
  const inner = [error.cause, ...errors].map((each) => wordsOf(each, depth + 1));
  return [error.name, code, error.message, ...inner].join(' ');
};

/** Why `fetch` was rejected. */
export const noAnswerOf = (error: unknown): NoAnswer => {
  const words = wordsOf(error);
  return reasons.find(([pattern]) => pattern.test(words))?.[1] ?? 'connection_lost';
};
