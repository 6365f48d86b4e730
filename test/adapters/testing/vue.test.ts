import { createFakeSession } from 'token-vigil/testing';
import { tokenVigil, useUser } from 'token-vigil/vue';
import { expect, test } from 'vitest';
import { createApp, defineComponent, h, nextTick } from 'vue';

const Greeting = defineComponent({
  setup() {
    const user = useUser();
    return () => h('p', `Hello ${user.value?.name ?? 'stranger'}`);
  },
});

test('greets who is signed in', async () => {
  const session = createFakeSession({ user: { name: 'Ada' } });
  const page = document.createElement('main');
  const app = createApp(Greeting).use(tokenVigil(session));
  app.mount(page);
  expect(page.textContent).toBe('Hello stranger');

  await session.enter('authenticated');
  await nextTick();
  expect(page.textContent).toBe('Hello Ada');
  app.unmount();
});
