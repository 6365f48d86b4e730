import { type Accessor, createSignal, onMount, sharedConfig, type Signal } from 'solid-js';

/** Of the components that are taking over the HTML of a server now: they all change in one moment. */
let ongoing: Signal<boolean> | undefined;

/** Whether the component that is being made shows what it likes, and not what a server has rendered; reactive. */
export const afterHydration = (): Accessor<boolean> => {
  if (!sharedConfig.context) return () => true;
  const [isOver, setOver] = (ongoing ??= createSignal(false));
  onMount(() => {
    ongoing = undefined;
    setOver(true);
  });
  return isOver;
};
