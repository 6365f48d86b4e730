import { defineComponent, Fragment, h, type SlotsType } from 'vue';
import { signedInEpoch } from '../ui/signedInEpoch.ts';
import { follow } from './follow.ts';
import { useSession } from './useSession.ts';

/**
 * Shows its content while a user is signed in, otherwise the slot `fallback`. The content leaves the screen as soon as the
 * session ends, and is created again for another user.
 */
export const SignedIn = defineComponent({
  name: 'SignedIn',
  slots: Object as SlotsType<{ default: object; fallback: object }>,
  setup(_, { slots }) {
    const epoch = follow(signedInEpoch(useSession()), () => null);
    return () =>
      epoch.value === null ? slots.fallback?.({}) : h(Fragment, { key: epoch.value }, slots.default?.({}));
  },
});
