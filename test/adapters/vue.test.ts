import { type Component, createApp, defineComponent, h, nextTick, onMounted, onUpdated, ref } from 'vue';
import {
  SignedIn,
  tokenVigil,
  useEnded,
  useIdleWarning,
  useRemaining,
  useSessionValue,
  useStatus,
  useUser,
} from '../../src/vue/index.ts';
import type { FakeSession } from '../../src/testing/index.ts';
import { type Adapter, type Choice, describeAdapter, type Part, type Person } from './contract.ts';

type Note = Parameters<Adapter['mount']>[3];

/** What each part shows. */
const shows: Record<Part, (session?: FakeSession<Person>) => () => string> = {
  status() {
    const status = useStatus();
    return () => status.value;
  },
  user(session) {
    const user = useUser({ session: session! });
    return () => user.value?.name ?? 'nobody';
  },
  state() {
    const state = useSessionValue(({ state: now }) => now);
    return () => state.value;
  },
  initials(session) {
    const initials = useSessionValue(
      ({ user }) => ({ first: user?.name[0] }),
      (a, b) => a.first === b.first,
      { session: session! },
    );
    return () => initials.value.first ?? '-';
  },
  token() {
    const left = useRemaining('token');
    return () => String(left.value);
  },
  session() {
    const left = useRemaining('session', 60_000);
    return () => String(left.value);
  },
  warning() {
    const { open, left } = useIdleWarning();
    return () => (open.value ? String(left.value) : 'closed');
  },
  ended() {
    const ended = useEnded();
    return () => (ended.value ? `${ended.value.reason} at ${ended.value.returnTo}` : 'going on');
  },
  guarded(session) {
    const user = useUser({ session: session!, required: true });
    return () => user.value.name;
  },
  inside(session) {
    const user = useUser({ session: session!, required: true });
    return () => user.value.name;
  },
  trusting(session) {
    const name = useSessionValue(({ user }) => user!.name, undefined, { session: session! });
    return () => name.value;
  },
};

const componentOf = (part: Part, session: FakeSession<Person> | undefined, note: Note): Component =>
  defineComponent({
    setup() {
      onMounted(() => {
        note(part, 'mounted');
        note(part, 'rendered');
      });
      onUpdated(() => note(part, 'rendered'));
      const text = shows[part](session);
      return () => h('p', { 'data-part': part }, text());
    },
  });

/** Within the boundary where it is `inside`. */
const placed = (part: Part, component: Component) =>
  part === 'inside' || part === 'trusting'
    ? h(SignedIn, null, {
        default: () => h(component),
        fallback: () => h('p', { 'data-part': part }, 'outside'),
      })
    : h(component);

const rejecting = (root: Component, into: HTMLElement, session?: FakeSession<Person>): Promise<void> =>
  new Promise((resolve, reject) => {
    const app = createApp(root);
    app.config.errorHandler = reject;
    if (session) app.use(tokenVigil(session));
    app.mount(into);
    resolve();
  });

describeAdapter({
  name: 'vue',
  mount(session, into, shown, note) {
    const components = shown.map((part) => [part, componentOf(part, session, note)] as const);
    const app = createApp({ render: () => components.map(([part, component]) => placed(part, component)) });
    app.use(tokenVigil(session)).mount(into);
    return { unmount: () => app.unmount() };
  },
  settle: nextTick,
  mountWithout: (part, into) =>
    rejecting(
      componentOf(part, undefined, () => undefined),
      into,
    ),
  async mountChoosing(session, into) {
    const choice = ref<Choice>('busy');
    await rejecting(
      {
        setup() {
          const chosen = useSessionValue((view) => view[choice.value]);
          return () => String(chosen.value);
        },
      },
      into,
      session,
    );
    return (other) => void (choice.value = other);
  },
  mountRestless: (session, into) =>
    rejecting(
      {
        setup() {
          const restless = useSessionValue(({ user }) => ({ name: user?.name }), undefined, { session });
          return () => restless.value.name;
        },
      },
      into,
      session,
    ),
});
