import type { TabMessage } from './tabMessage.ts';

/** A message between the tabs of a session, without its tokens. */
export interface TabMessageEvent {
  readonly direction: 'sent' | 'received';
  /**
   * `changed`: look at the record. `renewed`: here are the newest tokens. `asked` who has the tokens of this generation, or
   * later ones, and `answered` with them. `vain`: the provider was asked who is signed in, and brought nothing.
   */
  readonly type: TabMessage['type'];
  /** Which sign-in it is about; not in `changed`. */
  readonly epoch?: number | undefined;
  /** Which token set of that sign-in they are; not in `changed`, nor in `vain`. */
  readonly generation?: number | undefined;
}

type Counts = Pick<TabMessageEvent, 'epoch' | 'generation'>;

/** What may be seen of a message. */
export const eventOf = (direction: TabMessageEvent['direction'], message: TabMessage): TabMessageEvent => {
  const { type } = message;
  if (type === 'changed') return { direction, type };
  const { epoch, generation }: Counts = 'shared' in message ? message.shared.lease : message;
  return { direction, type, epoch, generation };
};
