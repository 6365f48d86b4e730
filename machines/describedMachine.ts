import { StateMachine } from 'xstate';
import { descriptions } from './descriptions.ts';
import { createSessionMachine as createPlainMachine, type MachineSeams } from './sessionMachine.ts';

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

/**
 * The statechart of a token session, each state described for diagrams and inspectors.
 *
 * Events change what is known; the `always` tables draw the conclusions. Interpret it with `createActor`, after
 * `provide` has given it a login and a refresh service (`loginFrom`, `refreshFrom`).
 */
export const createSessionMachine: typeof createPlainMachine = (seams?: Partial<MachineSeams>) => {
  const { config, implementations } = createPlainMachine(seams);
  const states = described(config.states as States);
  return new StateMachine({ ...config, states } as never, implementations as never) as never;
};
