import { expect, onTestFinished, test } from 'vitest';
import { createBroadcastChannel } from '../../../src/tabs/broadcastChannel.ts';

const NAME = 'a channel of this test';

/** A machine with other work can need long, and only a failure waits until the end. */
const patient = { timeout: 10_000 };

/** Another tab, which answers whatever it is told. */
const openOther = (): void => {
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', ({ data }) => channel.postMessage(`answer to ${data}`));
  onTestFinished(() => channel.close());
};

const listenIn = (window: EventTarget) => {
  const channel = createBroadcastChannel(NAME, window as Window);
  const heard: unknown[] = [];
  const stop = channel.listen((message) => heard.push(message));
  onTestFinished(stop);
  return { channel, heard, stop };
};

test('a page that goes on after `pagehide` hears the answer to what it asks', async () => {
  openOther();
  const window = new EventTarget();
  const { channel, heard } = listenIn(window);
  window.dispatchEvent(new Event('pagehide'));
  channel.post('a question');
  await expect.poll(() => heard, patient).toEqual(['answer to a question']);
});

test('a page that has stopped listening tells, and hears nothing', async () => {
  openOther();
  const { channel, heard, stop } = listenIn(new EventTarget());
  stop();
  const { heard: heardByOthers } = listenIn(new EventTarget());
  channel.post('news');
  await expect.poll(() => heardByOthers, patient).toContain('answer to news');
  expect(heard).toEqual([]);
});

test('an answer that is on its way when the page is first shown is heard', async () => {
  const window = new EventTarget();
  const { channel, heard } = listenIn(window);
  openOther();
  channel.post('a question');
  window.dispatchEvent(new Event('pageshow'));
  await expect.poll(() => heard, patient).toEqual(['answer to a question']);
});

test('a page that comes back hears what is told from then on', async () => {
  const window = new EventTarget();
  const { heard } = listenIn(window);
  window.dispatchEvent(new Event('pagehide'));
  window.dispatchEvent(new Event('pageshow'));
  listenIn(new EventTarget()).channel.post('news');
  await expect.poll(() => heard, patient).toEqual(['news']);
});
