import { expect, onTestFinished, test } from 'vitest';
import { createBroadcastChannel } from '../../../src/tabs/broadcastChannel.ts';

const NAME = 'a channel of this test';

/** Another tab, which answers whatever it is told. */
const openOther = (): void => {
  const other = new BroadcastChannel(NAME);
  other.addEventListener('message', ({ data }) => other.postMessage(`answer to ${data}`));
  onTestFinished(() => other.close());
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
  await expect.poll(() => heard).toEqual(['answer to a question']);
});

test('a page that has stopped listening tells, and hears nothing', async () => {
  openOther();
  const { channel, heard, stop } = listenIn(new EventTarget());
  stop();
  const { heard: heardByOthers } = listenIn(new EventTarget());
  channel.post('news');
  await expect.poll(() => heardByOthers).toContain('answer to news');
  expect(heard).toEqual([]);
});
