import { onMount } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { inBrowser } from '../ui/inBrowser.ts';

/** Svelte's server begins its HTML with this comment; a page without it has nothing to hydrate. */
const SERVER_MARK = '[';

const hasServerHtml = (): boolean => {
  const comments = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) if (comments.currentNode.nodeValue === SERVER_MARK) return true;
  return false;
};

/** Watches the component that is being created. The function that it returns says whether that is still being hydrated. */
export const watchHydration = (): (() => boolean) => {
  let isHydrating = inBrowser && hasServerHtml();
  let tell: (() => void) | undefined;
  const follow = createSubscriber((update) => void (tell = update));
  onMount(() => {
    isHydrating = false;
    tell?.();
  });
  return () => {
    if (isHydrating) follow();
    return isHydrating;
  };
};
