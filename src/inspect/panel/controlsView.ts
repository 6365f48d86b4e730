import { isSessionError } from '../../errors/sessionError.ts';
import type { Instant } from '../../time/clock.ts';
import { remainingMs } from '../../time/deadline.ts';
import type { Base } from '../backlog.ts';
import { forecast } from '../forecast.ts';
import { type Dom, write } from './dom.ts';
import type { Controls } from './source.ts';

/** The code of an error of ours, and the name of any other. */
const nameOf = (error: unknown): string => {
  if (isSessionError(error)) return error.code;
  return error instanceof Error ? error.name : 'error';
};

/** Buttons that act on the session; on a fake one also on time. */
export const controlsView = (
  { h }: Dom,
  controls: Controls,
  now: () => { readonly machine: Base | null; readonly now: Instant },
): HTMLElement => {
  const said = h('span', { class: 'said', role: 'status' });

  const run = async (name: string, act: () => unknown): Promise<void> => {
    write(said, '');
    try {
      await act();
    } catch (error) {
      write(said, `${name}: ${nameOf(error)}`);
    }
  };

  const button = (name: string, act: () => unknown): HTMLElement => {
    const element = h('button', { type: 'button' }, name);
    element.addEventListener('click', () => void run(name, act));
    return element;
  };

  const toNextEdge = async (): Promise<void> => {
    const { machine, now: from } = now();
    const [next] = machine ? forecast(machine, 1) : [];
    if (next) await controls.advance?.(Math.max(0, remainingMs(next.at, from)));
  };

  const time = controls.advance
    ? [
        button('−1 min', () => controls.advance!(-60_000)),
        button('+1 min', () => controls.advance!(60_000)),
        button('To the next edge', toNextEdge),
      ]
    : [];
  return h(
    'div',
    { class: 'controls', role: 'group', 'aria-label': 'Act on the session' },
    button('Activity', controls.activity),
    button('Renew', controls.renew),
    button('Stay', controls.stay),
    button('Sign out', controls.signOut),
    ...time,
    said,
  );
};
