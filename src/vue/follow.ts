import {
  computed,
  getCurrentInstance,
  getCurrentScope,
  onMounted,
  onScopeDispose,
  type Ref,
  shallowRef,
  triggerRef,
} from 'vue';
import type { Selection } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';

/** While the server's HTML is taken over, there is an element before anything was rendered. */
const isHydrating = (): boolean => getCurrentInstance()?.vnode.el != null;

/**
 * A selection as a ref, for as long as the component or the scope lives. It is read when it is rendered, so a selector that
 * relies on a user is not called for a component that is about to be removed.
 *
 * @param atFirst What a server renders
 */
export const follow = <T>(selection: Selection<T>, atFirst: () => T): Readonly<Ref<T>> => {
  if (!inBrowser) return shallowRef(atFirst());
  const isFree = shallowRef(!isHydrating());
  const value = computed(() => (isFree.value ? selection.get() : atFirst()));
  const stop = selection.subscribe(() => triggerRef(isFree));
  if (getCurrentScope()) onScopeDispose(stop);
  if (!isFree.value) onMounted(() => void (isFree.value = true));
  return value;
};
