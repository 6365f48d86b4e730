import { answerSilentSignIn } from 'token-vigil/frame';
import { afterEach, expect, test, vi } from 'vitest';

const origin = 'https://app.test';
const href = `${origin}/?code=c&state=s`;

/** A page whose frame has this name, if it is in one of its own origin. */
const openIn = (frameName: string | undefined) => {
  const postMessage = vi.fn();
  const location = { href, origin };
  const frameElement = frameName === undefined ? null : { getAttribute: () => frameName };
  vi.stubGlobal('window', { parent: { postMessage }, location });
  vi.stubGlobal('frameElement', frameElement);
  return postMessage;
};

afterEach(() => vi.unstubAllGlobals());

test('the frame of a silent sign-in hands its answer to its own origin, and is done', () => {
  const postMessage = openIn('token-vigil');
  expect(answerSilentSignIn()).toBe(true);
  expect(postMessage.mock.calls).toEqual([[{ tokenVigil: href }, origin]]);
});

test.each([
  ['at the top, or in a frame of another origin', undefined],
  ['in a frame of somebody else', ''],
])('a page %s goes on, and tells nobody', (_, frameName) => {
  const postMessage = openIn(frameName);
  expect(answerSilentSignIn()).toBe(false);
  expect(postMessage).not.toHaveBeenCalled();
});

test('so does a server', () => {
  expect(answerSilentSignIn()).toBe(false);
});
