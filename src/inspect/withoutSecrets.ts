import type { Lease } from '../../machines/lease.ts';
import { type Failure, initialContext, type SessionContext } from '../../machines/sessionContext.ts';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { MachineEvent } from './inspectEntry.ts';

type NamesOf<Member> = Member extends unknown ? readonly Exclude<keyof Member, 'type'>[] : never;
type FieldTable<Union extends { readonly type: string }> = {
  readonly [Type in Union['type']]: NamesOf<Extract<Union, { type: Type }>>;
};

const only = <T extends object>(value: T, names: readonly PropertyKey[]): T =>
  Object.fromEntries(
    names.filter((name) => name in value).map((name) => [name, value[name as keyof T]]),
  ) as T;

const leaseFields: readonly (keyof Lease)[] = [
  'epoch',
  'generation',
  'sentAt',
  'lifeMs',
  'accessDeadline',
  'freshUntil',
  'refreshDeadline',
  'renewAt',
  'scope',
];

const failureFields: readonly (keyof Failure)[] = ['class', 'code', 'status', 'error', 'retryAfterMs'];

const contextFields = Object.keys(
  initialContext({ idle: null, rescue: false }, { wallMs: 0, monotonicMs: 0 }),
) as (keyof SessionContext)[];

/** What is shown of each event. A service of the app's own could answer with more than it has to. */
const eventFields: FieldTable<MachineEvent> = {
  'xstate.init': [],
  'session.signIn': ['ticket'],
  'session.signOut': [],
  'session.renew': ['by', 'refused'],
  'session.adopt': ['lease'],
  'session.stay': [],
  'user.active': [],
  'user.held': [],
  'user.released': [],
  'user.switched': ['epoch'],
  'page.awake': ['restored'],
  'network.online': [],
  'network.offline': [],
  'alarm.rang': [],
  'login.granted': ['attempt', 'lease', 'lastActivity'],
  'login.failed': ['attempt', 'failure'],
  'refresh.granted': ['epoch', 'generation', 'lease'],
  'refresh.failed': ['epoch', 'generation', 'failure', 'isUntried', 'lease'],
  'record.loaded': ['beganAt', 'lastActivityWallMs', 'epoch', 'generation', 'who'],
};

const factFields: FieldTable<SessionFact> = {
  signedIn: [],
  renewed: [],
  renewalFailed: ['failure'],
  idled: [],
  warned: ['deadline'],
  resumed: [],
  ending: ['deadline'],
  expired: ['reason'],
  signedOut: [],
};

/** What these fields hold is an object that the app's own services can make. */
const inner: Readonly<Record<string, readonly string[]>> = {
  lease: leaseFields,
  failure: failureFields,
  loginFailure: failureFields,
};

const cleaned = <T extends object>(value: T, names: readonly PropertyKey[]): T =>
  Object.fromEntries(
    Object.entries(only(value, names)).map(([name, held]) => {
      const fields = inner[name];
      return [name, fields && held ? only(held as object, fields) : held];
    }),
  ) as T;

/** An event, with what the machine reads of it. */
export const eventWithoutSecrets = (event: MachineEvent): MachineEvent =>
  cleaned(event, ['type', ...(eventFields[event.type] ?? [])]);

/** A fact, with what its listeners are promised. */
export const factWithoutSecrets = (fact: SessionFact): SessionFact =>
  cleaned(fact, ['type', ...factFields[fact.type]]);

/** A context, with what the machine knows. */
export const contextWithoutSecrets = (context: SessionContext): SessionContext =>
  cleaned(context, contextFields);

/** What a context knows otherwise than the one before. */
export const changesOf = (before: SessionContext, after: SessionContext): Partial<SessionContext> =>
  cleaned(
    after,
    contextFields.filter((name) => !Object.is(before[name], after[name])),
  );
