import { defineComponent, Fragment, h, type SlotsType } from 'vue';
import { signedInEpoch } from '../ui/signedInEpoch.ts';
import { follow } from './follow.ts';
import { useSession } from './useSession.ts';

/**
 * Shows its content while somebody is signed in, else the slot `fallback`. The content leaves the screen in the moment in
 * which the session ends, and is made anew for another user.
 */
export const SignedIn = defineComponent({
  name: 'SignedIn',
  slots: Object as SlotsType<{ default: object; fallback: object }>,
  setup(_, { slots }) {
    const epoch = follow(signedInEpoch(useSession()), null);
    return () =>
      epoch.value === null ? slots.fallback?.({}) : h(Fragment, { key: epoch.value }, slots.default?.({}));
  },
});
