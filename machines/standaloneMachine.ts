import { StateMachine } from 'xstate';
import { descriptions } from './descriptions.ts';
import { failureOf } from './failureOf.ts';
import { serviceFrom } from './serviceFrom.ts';
import type {
  LoginFailed,
  LoginRequested,
  RecordLoaded,
  RecordRequested,
  RefreshFailed,
  RefreshRequested,
} from './sessionEvents.ts';
import { type MachineSeams, createSessionMachine as createBareMachine } from './sessionMachine.ts';

interface States {
  readonly [name: string]: { readonly states?: States };
}

const described = (states: States): States =>
  Object.fromEntries(
    Object.entries(states).map(([name, state]) => [
      name,
      {
        ...state,
        description: descriptions[name as keyof typeof descriptions],
        ...(state.states && { states: described(state.states) }),
      },
    ]),
  );

/** Services that know of nobody: what `provide` leaves out is not waited for in vain. */
const actors = {
  login: serviceFrom<LoginRequested, LoginFailed>(async ({ attempt }) => ({
    type: 'login.failed',
    attempt,
    failure: null,
  })),
  refresh: serviceFrom<RefreshRequested, RefreshFailed>(async ({ epoch, generation }) => ({
    type: 'refresh.failed',
    epoch,
    generation,
    failure: failureOf('configuration', 'option_invalid'),
  })),
  record: serviceFrom<RecordRequested, RecordLoaded>(async (request) =>
    request.type === 'record.read'
      ? {
          type: 'record.loaded',
          beganAt: request.at,
          lastActivityWallMs: null,
          epoch: 0,
          generation: 0,
          who: 'same',
        }
      : undefined,
  ),
};

/**
 * The statechart of a token session, each state described for diagrams and inspectors.
 *
 * Events change what the machine knows; the `always` tables decide what follows. Provide a login and a refresh service
 * (`loginFrom`, `refreshFrom`) with `provide`, and run it with `createActor`.
 */
export const createSessionMachine: typeof createBareMachine = (seams?: Partial<MachineSeams>) => {
  const { config, implementations } = createBareMachine(seams).provide({ actors });
  const states = described(config.states as States);
  return new StateMachine({ ...config, states } as never, implementations as never) as never;
};
