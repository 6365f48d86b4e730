import {
  getCurrentInstance,
  getCurrentScope,
  onMounted,
  onScopeDispose,
  type ShallowRef,
  shallowRef,
} from 'vue';
import type { Selection } from '../index.ts';
import { inBrowser } from '../ui/inBrowser.ts';

/** While the server's HTML is taken over, there is an element before anything was rendered. */
const isHydrating = (): boolean => getCurrentInstance()?.vnode.el != null;

/** A selection as a ref, for as long as the component or the scope lives. `atFirst`: what a server renders. */
export const follow = <T>(selection: Selection<T>, atFirst: T): Readonly<ShallowRef<T>> => {
  const mustMatch = !inBrowser || isHydrating();
  const ref = shallowRef(mustMatch ? atFirst : selection.get());
  if (!inBrowser) return ref;
  const update = (): void => void (ref.value = selection.get());
  const stop = selection.subscribe(update);
  if (getCurrentScope()) onScopeDispose(stop);
  if (mustMatch) onMounted(update);
  return ref;
};
