import { expect, test } from 'vitest';
import { browserPage } from '../../src/page/page.ts';
import { systemClock } from '../../src/time/clock.ts';

/** A start page of this origin that answers before it loads an app. */
const startPage = (): string => {
  const module = new URL('../../src/page/answerSilentSignIn.ts', import.meta.url).href;
  const script = `import { answerSilentSignIn } from '${module}'; document.title = String(answerSilentSignIn());`;
  return URL.createObjectURL(new Blob([`<script type="module">${script}</script>`], { type: 'text/html' }));
};

test('a start page in the frame of a silent sign-in answers by itself', async () => {
  const url = startPage();
  expect(await browserPage(window).askInFrame(url, 10_000, systemClock)).toBe(url);
  expect(document.querySelector('iframe')).toBeNull();
});

test('in any other frame it goes on', async () => {
  const frame = document.createElement('iframe');
  frame.src = startPage();
  document.body.append(frame);
  await expect.poll(() => frame.contentDocument?.title).toBe('false');
  frame.remove();
});
