import { createSubscriber } from 'svelte/reactivity';
import { pages } from '../shared/pages.ts';

const subscribe = createSubscriber(pages.subscribe);

/** The page that is shown, for templates, `$derived` and `$effect`. */
export const pageNow = {
  get path() {
    subscribe();
    return pages.path();
  },
};
