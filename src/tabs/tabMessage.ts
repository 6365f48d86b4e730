import { RECORD_VERSION } from '../record/sessionRecord.ts';
import { hasShape, isBoolean, isCount, isNullOr, isNumber, isText, type Shape } from '../storage/hasShape.ts';
import { tokenShape } from '../vault/tokenShape.ts';
import type { SharedLease, SharedTokens } from './sharedTokens.ts';

/** The format that this version sends: that of the record, in which tabs of before see that there is a newer one. */
const VERSION = RECORD_VERSION;

/** What tabs tell each other. All of it is only a hint to look at the record, which decides. */
export type TabMessage = { readonly version: typeof VERSION } & (
  | { readonly type: 'changed' }
  /** The provider has just been asked in vain who is signed in, in this epoch. */
  | { readonly type: 'vain'; readonly epoch: number }
  /** Newer tokens, for whoever has older ones of this epoch. */
  | { readonly type: 'renewed'; readonly shared: SharedTokens }
  /** Who has the tokens of this generation; `isLater`: of any after it. */
  | {
      readonly type: 'asked';
      readonly id: string;
      readonly epoch: number;
      readonly generation: number;
      readonly isLater: boolean;
    }
  | { readonly type: 'answered'; readonly id: string; readonly shared: SharedTokens }
);

const leaseShape: Shape<SharedLease> = {
  epoch: isCount,
  generation: isCount,
  sentAt: isNumber,
  lifeMs: isNumber,
  accessDeadline: isNumber,
  freshUntil: isNumber,
  refreshDeadline: isNullOr(isNumber),
  renewAt: isNullOr(isNumber),
  scope: isNullOr(isText),
};

const sharedShape: Shape<SharedTokens> = {
  tokens: (value) => hasShape(value as object, tokenShape),
  lease: (value) => hasShape(value as object, leaseShape),
  sharedAtWallMs: isNumber,
};

const isShared = (value: unknown): boolean => hasShape(value as object, sharedShape);

const shapes: {
  readonly [Type in TabMessage['type']]: Readonly<Record<string, (value: unknown) => boolean>>;
} = {
  changed: {},
  vain: { epoch: isCount },
  renewed: { shared: isShared },
  asked: { id: isText, epoch: isCount, generation: isCount, isLater: isBoolean },
  answered: { id: isText, shared: isShared },
};

/** A message as this version sends it. */
export const messageOf = <Message extends object>(
  message: Message,
): Message & { readonly version: typeof VERSION } => ({
  version: VERSION,
  ...message,
});

/**
 * What another script of the origin has posted, as a message: `'newer'` where a later release of this library has sent it,
 * `undefined` where it is none.
 */
export const messageFrom = (data: unknown): TabMessage | 'newer' | undefined => {
  const { version, type } = Object(data) as { version?: unknown; type?: unknown };
  if (isNumber(version) && (version as number) > VERSION) return 'newer';
  if (version !== VERSION || typeof type !== 'string' || !Object.hasOwn(shapes, type)) return undefined;
  return hasShape(data as object, shapes[type as TabMessage['type']]) ? (data as TabMessage) : undefined;
};
