import { SessionError } from '../errors/sessionError.ts';
import type { Session } from './session.ts';

const newEachTime = (): SessionError =>
  new SessionError(
    'option_invalid',
    'select: the selector returned two different values for one and the same view, as `({ user }) => ({ name: user.name })` does. Select one value at a time, or say as the second argument when two of them are the same',
  );

/** A `select` that notices selectors which never come to rest: some UI frameworks would render them for ever. */
export const checkedSelect =
  <User>(select: Session<User>['select']): Session<User>['select'] =>
  (pick, isSame = Object.is) =>
    select((view) => {
      const value = pick(view);
      if (!isSame(value, pick(view))) throw newEachTime();
      return value;
    }, isSame);
