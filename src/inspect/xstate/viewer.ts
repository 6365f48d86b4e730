import type { Stop } from '../../time/stop.ts';

/** A message of the protocol of `@xstate/inspect`. */
export interface ViewerMessage {
  readonly type: string;
  readonly sessionId?: string;
  readonly id?: string;
}

/** Where the messages go. */
export interface Viewer {
  /** Told when a viewer asks to be shown everything; also of one that has asked already. */
  onHello(listener: () => void): void;
  post(message: ViewerMessage): void;
  readonly stop: Stop;
}

/** The one thing that a viewer is allowed to ask. Events that it would have sent to the machine are not among it. */
export const isHello = (message: unknown): boolean =>
  typeof message === 'object' &&
  message !== null &&
  (message as { readonly type?: unknown }).type === 'xstate.inspecting';
