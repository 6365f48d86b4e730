import type { NoAnswer } from '../../../explain/failedGrant.ts';
import type { CliIo, Limits } from '../../cliIo.ts';
import type { Cover } from '../masking/createCover.ts';
import { tidied } from '../tidy.ts';
import { noAnswerOf } from './noAnswerOf.ts';
import { objectIn } from './objectIn.ts';
import { readStart } from './readStart.ts';
import { withoutQuery } from './withoutQuery.ts';

interface Question {
  /** For the person in front of it. */
  readonly what: string;
  readonly url: string;
  /** Redirects are not followed unless it says so. */
  readonly init?: RequestInit;
  /** Less than what is left for all questions. */
  readonly waitMs?: number;
}

/** An answer, with at most the beginning of its body. */
export interface Heard {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON object that it is. */
  readonly object: Readonly<Record<string, unknown>> | undefined;
  /** There was more than we read. */
  readonly isCut: boolean;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/** What a question led to. */
export type Reply =
  | { readonly heard: Heard; readonly noAnswer?: undefined }
  | { readonly heard?: undefined; readonly noAnswer: NoAnswer };

/** What an answer was made of. */
export type Matter = 'json' | 'page' | 'too_long' | 'redirect' | 'other';

/** A question and its outcome, without a secret. */
export interface Asked {
  readonly what: string;
  readonly method: string;
  readonly url: string;
  readonly status?: number | undefined;
  readonly error?: string | undefined;
  readonly matter?: Matter | undefined;
  readonly noAnswer?: NoAnswer | undefined;
}

/** Never rejects. */
export type Ask = (question: Question) => Promise<Reply>;

const matterOf = ({ status, headers, text, object, isCut }: Heard): Matter => {
  if (object) return 'json';
  if (status >= 300 && status < 400) return 'redirect';
  if (isCut) return 'too_long';
  return /html/i.test(headers.get('content-type') ?? '') || /^\s*<(!doctype|html)/i.test(text)
    ? 'page'
    : 'other';
};

const recordOf = ({ what, url, init }: Question, { heard, noAnswer }: Reply): Asked => ({
  what,
  method: init?.method ?? 'GET',
  url: withoutQuery(url) ?? '',
  status: heard?.status,
  error: tidied(heard?.object?.['error'], 80),
  matter: heard && matterOf(heard),
  noAnswer,
});

/** What an answer grants, it may say elsewhere as well. */
const tokensIn = ({ heard }: Reply): readonly string[] =>
  Object.entries(heard?.object ?? {}).flatMap(([name, value]) =>
    /(?:_token|code)$/.test(name) && typeof value === 'string' ? value : [],
  );

/** Questions that share one deadline, which begins now, and what became of them. */
export const createAsk = (
  { fetch, nowMs }: Pick<CliIo, 'fetch' | 'nowMs'>,
  limits: Limits,
  cover: Pick<Cover, 'add'>,
): { readonly ask: Ask; readonly asked: readonly Asked[] } => {
  const over = AbortSignal.timeout(limits.networkMs);
  const asked: Asked[] = [];

  const hear = async ({ url, init }: Question, signal: AbortSignal): Promise<Heard> => {
    const sentAtMs = nowMs();
    const response = await fetch(url, { redirect: 'manual', ...init, signal });
    const receivedAtMs = nowMs();
    const { status, headers } = response;
    const body = await readStart(response, limits.answerBytes);
    const object = body.isCut ? undefined : objectIn(body.text);
    return { url, status, headers, ...body, object, sentAtMs, receivedAtMs };
  };

  const replyTo = async (question: Question): Promise<Reply> => {
    const signal = AbortSignal.any([over, AbortSignal.timeout(question.waitMs ?? limits.networkMs)]);
    try {
      return { heard: await hear(question, signal) };
    } catch (error) {
      return { noAnswer: signal.aborted ? 'timed_out' : noAnswerOf(error) };
    }
  };

  const ask: Ask = async (question) => {
    const reply = await replyTo(question);
    for (const token of tokensIn(reply)) cover.add(token);
    asked.push(recordOf(question, reply));
    return reply;
  };

  return { ask, asked };
};
