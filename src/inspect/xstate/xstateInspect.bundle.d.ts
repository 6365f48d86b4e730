/** What `npm run build:inspect` makes of `@xstate/inspect` and its XState 4, as far as it is used. */
import type { LegacyService } from './legacyService.ts';
import type { ViewerMessage } from './viewer.ts';

/** The inspector's registry of services. */
export interface LegacyDevTools {
  register(service: LegacyService): void;
}

/** What the inspector takes for its window. */
export interface LegacyPage {
  addEventListener(type: 'message' | 'unload', listener: (event: { readonly data: object }) => void): void;
  removeEventListener(type: 'message'): void;
}

export interface LegacyInspect {
  createDevTools(): LegacyDevTools;
  inspect(options: {
    readonly url: string;
    readonly iframe: false;
    readonly devTools: LegacyDevTools;
    readonly targetWindow: { postMessage(message: ViewerMessage): void };
  }): { disconnect(): void };
}

/** Makes an inspector that keeps nothing outside itself. */
export declare const loadXStateInspect: (page: LegacyPage) => LegacyInspect;
