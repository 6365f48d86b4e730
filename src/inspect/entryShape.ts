import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { RequestEvent } from '../gate/requestEvent.ts';
import type { TabMessageEvent } from '../tabs/tabMessageEvent.ts';
import { contextFields, failure, instant, lease, loginKind, reason, reasons, state } from './contextShape.ts';
import type { Deadlines, InspectEntry, Life, MachineEvent, MicroStep } from './inspectEntry.ts';
import {
  type Fields,
  flag,
  listOf,
  matching,
  nullable,
  number,
  objectOf,
  oneBy,
  oneOf,
  optional,
  path,
  type Shape,
  someOf,
  text,
} from './shape.ts';

/** For each member of a union its fields beside the one that tells them apart. */
type Table<Union, Tag extends keyof Union & string> = {
  readonly [Word in Union[Tag] & string]: Fields<Omit<Extract<Union, { readonly [Each in Tag]: Word }>, Tag>>;
};

const byType = <Union extends { readonly type: string }>(table: Table<Union, 'type'>): Shape =>
  oneBy(
    'type',
    Object.fromEntries(
      Object.entries<Fields<object>>(table).map(([type, fields]) => [
        type,
        objectOf<object>({ type: oneOf({ [type]: 0 }), ...fields }),
      ]),
    ),
  );

/** What is shown of each event. A service of the app's own could answer with more than it has to. */
export const event = byType<MachineEvent>({
  'xstate.init': {},
  'session.signIn': { ticket: number },
  'session.signOut': {},
  'session.renew': { by: oneOf({ app: 0, gate: 0 }), refused: optional(number) },
  'session.adopt': { lease },
  'session.stay': {},
  'user.active': {},
  'user.held': {},
  'user.released': {},
  'user.switched': { epoch: number },
  'tab.changed': {},
  'tab.renewed': { lease },
  'page.awake': { restored: flag },
  'network.online': {},
  'network.offline': {},
  'alarm.rang': {},
  'login.granted': { attempt: number, lease, lastActivity: nullable(instant) },
  'login.failed': { attempt: number, failure: nullable(failure) },
  'refresh.granted': { epoch: number, generation: number, lease },
  'refresh.failed': {
    epoch: number,
    generation: number,
    failure,
    isUntried: optional(flag),
    lease: optional(lease),
  },
  'record.loaded': {
    beganAt: instant,
    lastActivityWallMs: nullable(number),
    epoch: number,
    generation: number,
    who: oneOf({ same: 0, other: 0, nobody: 0 }),
    endReason: optional(nullable(oneOf({ ...reasons, signedOut: 0 }))),
  },
});

/** What is shown of each fact. */
export const fact = byType<SessionFact>({
  signedIn: {},
  renewed: {},
  renewalFailed: { failure },
  idled: {},
  warned: { deadline: instant },
  resumed: {},
  ending: { deadline: instant },
  expired: { reason },
  signedOut: {},
});

const requestTypes: { readonly [Type in RequestEvent['type']]: unknown } = {
  started: 0,
  waited: 0,
  sent: 0,
  refused: 0,
  repeated: 0,
  settled: 0,
};

/** What is shown of something that happened to a request. */
export const request = objectOf<RequestEvent>({
  type: oneOf(requestTypes),
  call: number,
  method: text,
  origin: text,
  path,
  status: optional(number),
  error: optional(text),
});

/** What is shown of a message between tabs: nothing of the tokens in it. */
export const tabMessage = objectOf<TabMessageEvent>({
  direction: oneOf({ sent: 0, received: 0 }),
  type: oneOf({ changed: 0, renewed: 0, asked: 0, answered: 0, vain: 0 }),
  epoch: optional(number),
  generation: optional(number),
});

export const context = objectOf(contextFields);
export const changes = someOf(contextFields);

/** The machine at one moment. */
export const base = objectOf({ state, context });

const microStep = objectOf<MicroStep>({
  edge: nullable(matching(/^[a-z]+(\.[a-z]+)?--[a-z]+$/i)),
  state,
  changed: changes,
});

const life = { from: instant, until: instant };

export const deadlines = objectOf<Deadlines>({
  accessToken: nullable(objectOf({ ...life, renewAt: nullable(instant), freshUntil: instant })),
  refreshToken: nullable(objectOf<Life>(life)),
  idle: nullable(objectOf<Life>(life)),
  idleSession: nullable(objectOf({ ...life, warnAt: instant })),
});

const entry = { number, at: instant };

type Kinds = { readonly [Kind in InspectEntry['kind']]: Fields<object> };

const begunOrEnded = (kind: 'renewal' | 'signIn', fields: Fields<object>): Shape => {
  const begun = { ...entry, kind: oneOf({ [kind]: 0 }), outcome: text, ...fields };
  const ended = objectOf<object>({
    ...begun,
    durationMs: number,
    failure: nullable(failure),
  });
  return oneBy('outcome', {
    begun: objectOf<object>(begun),
    granted: ended,
    failed: ended,
    abandoned: ended,
  });
};

const kinds: Kinds = {
  started: { state, context },
  stopped: {},
  step: { event, micro: listOf(microStep) },
  fact: { fact },
  renewal: { generation: number },
  signIn: { by: loginKind, attempt: number },
  deadlines: { deadlines },
  presence: { present: flag, holds: number },
  request: { request },
  tab: { message: tabMessage },
};

/** One entry of the stream. */
export const inspectEntry = oneBy(
  'kind',
  Object.fromEntries(
    Object.entries<Fields<object>>(kinds).map(([kind, fields]) => [
      kind,
      kind === 'renewal' || kind === 'signIn'
        ? begunOrEnded(kind, fields)
        : objectOf<object>({ ...entry, kind: oneOf({ [kind]: 0 }), ...fields }),
    ]),
  ),
);
