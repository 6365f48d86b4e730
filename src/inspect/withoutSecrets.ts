import type { SessionContext } from '../../machines/sessionContext.ts';
import type { SessionFact } from '../../machines/sessionEvents.ts';
import type { RequestEvent } from '../gate/requestEvent.ts';
import type { TabMessageEvent } from '../tabs/tabMessageEvent.ts';
import type { Instant } from '../time/clock.ts';
import { contextFields, instant } from './contextShape.ts';
import { changes, context, deadlines, event, fact, request, tabMessage } from './entryShape.ts';
import type { Deadlines, MachineEvent } from './inspectEntry.ts';

const names = Object.keys(contextFields) as (keyof SessionContext)[];

/** An event, with what the machine reads of it. */
export const eventWithoutSecrets = (given: MachineEvent): MachineEvent => event.shown(given) as MachineEvent;

/** A fact, with what its listeners are promised. */
export const factWithoutSecrets = (given: SessionFact): SessionFact => fact.shown(given) as SessionFact;

/** What happened to a request, without what looks like a token in its path. */
export const requestWithoutSecrets = (given: RequestEvent): RequestEvent =>
  request.shown(given) as RequestEvent;

/** A message between tabs, without the tokens in it. */
export const tabMessageWithoutSecrets = (given: TabMessageEvent): TabMessageEvent =>
  tabMessage.shown(given) as TabMessageEvent;

/** An instant of its own. */
export const instantWithoutSecrets = (given: Instant): Instant => instant.shown(given) as Instant;

/** Deadlines of their own: those of the machine are parts of its context. */
export const deadlinesWithoutSecrets = (given: Deadlines): Deadlines => deadlines.shown(given) as Deadlines;

/** A context, with what the machine knows: a copy, so that nobody reaches the machine by it. */
export const contextWithoutSecrets = (given: SessionContext): SessionContext =>
  context.shown(given) as SessionContext;

/** What a context knows otherwise than the one before. */
export const changesOf = (before: SessionContext, after: SessionContext): Partial<SessionContext> => {
  const changed = names.filter((name) => !Object.is(before[name], after[name]));
  return changes.shown(
    Object.fromEntries(changed.map((name) => [name, after[name]])),
  ) as Partial<SessionContext>;
};
