import { describe, expect, it, vi } from 'vitest';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import type { AuthorizationRequests } from '../../../src/grants/signIn/authorizationRequests.ts';
import { createSilent, SILENT_LIMIT_MS } from '../../../src/grants/signIn/silent.ts';
import type { Page } from '../../../src/page/page.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { failureOf } from './protocolFixture.ts';

const silentWith = (options: object = {}, hasPage = true) => {
  const clock = createVirtualClock();
  const begin = vi.fn<AuthorizationRequests['begin']>(async () => 'https://id.test/authorize');
  const finish = vi.fn(async () => ({}) as never);
  const askInFrame = vi.fn(async (): Promise<string | undefined> => 'https://app.test/?code=c');
  const page = hasPage ? ({ askInFrame } as unknown as Page) : undefined;
  const settings = { silent: 'frame', scope: 'profile openid', ...options } as GrantDeps['options'];
  const silent = createSilent({ page, clock, options: settings }, { begin, finish });
  return { ...silent, clock, begin, finish, askInFrame };
};

describe('asking the provider in a frame', () => {
  it('asks without the user, and redeems what the frame comes back with', async () => {
    const { askInPlace, begin, finish, askInFrame, clock } = silentWith();
    await askInPlace();
    expect(begin.mock.calls).toEqual([[{ prompt: 'none' }, 'frame']]);
    expect(askInFrame.mock.calls).toEqual([['https://id.test/authorize', SILENT_LIMIT_MS, clock]]);
    expect(finish.mock.calls).toEqual([['https://app.test/?code=c']]);
  });

  it.each([
    ['in a page by frame', {}, true, true],
    ['by redirect', { silent: 'redirect' }, true, false],
    ['not at all', { silent: false }, true, false],
    ['without a page', {}, false, false],
  ])('works %s: %s', async (_how, options, hasPage, works) => {
    const { worksInPlace, askInPlace, begin } = silentWith(options, hasPage);
    expect(worksInPlace).toBe(works);
    const refusal = {
      code: 'interaction_required',
      message: 'Asking the provider in a frame needs `silent: "frame"` and the scope `openid`',
    };
    const outcome = await askInPlace().catch((error: unknown) => error);
    expect(outcome).toMatchObject(works ? {} : refusal);
    expect(begin).toHaveBeenCalledTimes(works ? 1 : 0);
  });

  it.each([
    ['for whoever is found', undefined, 'profile', true],
    ['for who is here, where the answer says who', 'ada', 'profile openid', true],
    ['not for who is here, where it would not', 'ada', 'profile', false],
    ['not for somebody without a name', '', 'profile openid', false],
  ])('asks %s', async (_whom, who, scope, asks) => {
    const { askInPlace, begin } = silentWith({ scope });
    await askInPlace(who).catch(() => undefined);
    expect(begin).toHaveBeenCalledTimes(asks ? 1 : 0);
  });

  it('gives up where the frame does not come back, and says what can be the matter', async () => {
    const { askInPlace, askInFrame, finish } = silentWith();
    askInFrame.mockResolvedValue(undefined);
    expect(await failureOf(askInPlace())).toMatchObject({
      code: 'network_failed',
      retryable: true,
      message: expect.stringContaining('did not answer in a frame within 3.5 s') as string,
    });
    expect(finish).not.toHaveBeenCalled();
  });

  it('waits for the frame only as long as the metadata has left', async () => {
    const { askInPlace, begin, clock, askInFrame } = silentWith();
    let know = (_url: string): void => {};
    begin.mockReturnValue(new Promise<string>((resolve) => (know = resolve)));
    const asked = askInPlace();
    await clock.advance(3000);
    know('https://id.test/authorize');
    await asked;
    expect(askInFrame.mock.calls).toEqual([['https://id.test/authorize', SILENT_LIMIT_MS - 3000, clock]]);
  });

  it('waits as long for where to ask', async () => {
    const { askInPlace, begin, clock, askInFrame } = silentWith();
    begin.mockReturnValue(new Promise(() => {}));
    const failed = failureOf(askInPlace());
    await clock.advance(SILENT_LIMIT_MS);
    expect(await failed).toMatchObject({ name: 'TimeoutError' });
    expect(askInFrame).not.toHaveBeenCalled();
  });
});
