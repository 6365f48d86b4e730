import type { TabMessage } from './tabMessage.ts';

/** A message between the tabs of a session, without its tokens. */
export interface TabMessageEvent {
  readonly direction: 'sent' | 'received';
  /**
   * `changed`: look at the record. `renewed`: here are the newest tokens. `asked` who has the tokens of this generation, and
   * `answered` with them.
   */
  readonly type: TabMessage['type'];
  /** Which sign-in the tokens belong to; not in `changed`. */
  readonly epoch?: number;
  /** Which token set of that sign-in they are; not in `changed`. */
  readonly generation?: number;
}

/** What may be seen of a message. */
export const eventOf = (direction: TabMessageEvent['direction'], message: TabMessage): TabMessageEvent => {
  const { type } = message;
  if (type === 'changed') return { direction, type };
  const { epoch, generation } = type === 'asked' ? message : message.shared.lease;
  return { direction, type, epoch, generation };
};
