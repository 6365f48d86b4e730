import type { CliIo, Limits } from '../cliIo.ts';
import type { HttpRequest } from '../curl/httpRequest.ts';
import type { Silence } from '../paste/silence.ts';
import type { RequestMention } from '../../explain/failedGrant.ts';
import type { HttpAnswer } from '../paste/exchange.ts';
import type { Tool } from '../paste/toolOf.ts';
import type { DoctorOptions } from './doctorOptions.ts';
import type { Cover } from './masking/createCover.ts';
import type { Secrets } from './secrets.ts';

/** What is examined, and with what. */
export interface Examined {
  readonly options: DoctorOptions;
  /** The failing request. Absent: a set-up was given, whose refresh request is made from the options. */
  readonly sent: HttpRequest | undefined;
  /** The same before anything was put in place of its variables. */
  readonly written?: HttpRequest | undefined;
  /** What it was answered, as it was pasted. */
  readonly told?: HttpAnswer | undefined;
  /** Why there was no answer, as it was pasted. */
  readonly silence?: Silence | undefined;
  /** What sent the request. */
  readonly tool?: Tool | undefined;
  /** What was said of a request that is not there. */
  readonly mention?: RequestMention | undefined;
  /** A secret was given beside a request that goes to another server than the options name. */
  readonly isKept?: boolean | undefined;
  /** How what was pasted was read. */
  readonly notes?: readonly string[] | undefined;
  readonly secrets: Secrets;
  readonly io: Pick<CliIo, 'fetch' | 'nowMs'>;
  readonly limits: Limits;
  /** Learns what must not be printed. */
  readonly cover: Cover;
}
