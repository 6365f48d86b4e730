import { createMemoryRecord } from '../record/memoryRecord.ts';
import type { RecordStore } from '../record/sessionRecord.ts';
import type { TabChannel } from '../tabs/tabSeams.ts';
import { drainMicrotasks } from './virtualClock.ts';

/** How the provider answers renewals. */
export type Answer = 'grant' | 'stall' | 'terminal' | 'transient';

/** What the fake tabs of one session have in common: the record, a channel, and a provider that answers as it is told. */
export interface FakeOrigin<User> {
  readonly record: RecordStore;
  /** The channel of one more tab. */
  openChannel(): TabChannel;
  /** Whether anybody hears what a tab tells. */
  readonly hasOthers: boolean;
  /** Lets the other tabs, if there are any, do what comes of a message. */
  settle(): Promise<void>;
  /** Who is signed in, or was last. */
  user: User;
  /** Who signs in next. */
  next: User;
  readonly answer: Answer;
  /** Renewals that wait for an answer go on. */
  answerWith(answer: Answer): void;
  /** Settles once it answers. */
  answered(): Promise<void>;
}

export const createFakeOrigin = <User>(user: User): FakeOrigin<User> => {
  const listeners = new Map<object, (message: unknown) => void>();
  const stalled: (() => void)[] = [];
  let answer: Answer = 'grant';

  const openChannel = (): TabChannel => {
    const mine = {};
    return {
      post(message) {
        for (const tab of listeners.keys())
          if (tab !== mine) void Promise.resolve().then(() => listeners.get(tab)?.(message));
      },
      listen(onMessage) {
        listeners.set(mine, onMessage);
        return () => void listeners.delete(mine);
      },
    };
  };

  const origin: FakeOrigin<User> = {
    record: createMemoryRecord(),
    openChannel,
    get hasOthers() {
      return listeners.size > 1;
    },
    async settle() {
      // A sign-in takes them longer than one answer.
      for (let rounds = 0; rounds < 4 && origin.hasOthers; rounds++) await drainMicrotasks();
    },
    user,
    next: user,
    get answer() {
      return answer;
    },
    answerWith(its) {
      answer = its;
      for (const goOn of stalled.splice(0)) goOn();
    },
    async answered() {
      while (origin.answer === 'stall') await new Promise<void>((resolve) => stalled.push(resolve));
    },
  };
  return origin;
};
