import { lazily } from '../time/lazily.ts';
import type { Retry } from './retry.ts';

/** Loads what judges the answers of APIs at the first 401. Nothing is known of any API before one. */
export const createLazyRetry = (load: () => Promise<Retry>): Retry => {
  let retry: Retry | undefined;
  const loaded = lazily(async () => (retry = await load()));
  return {
    refuses: (...of) => retry?.refuses(...of) ?? false,
    accepted: (...answered) => retry?.accepted(...answered),
    refused(...answered) {
      const [, { trace }, , , act] = answered;
      trace?.('refused', { status: 401 });
      return loaded().then(
        ({ refused }) => refused(...answered),
        () => act(undefined),
      );
    },
  };
};
