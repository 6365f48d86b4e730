import { afterEach, describe, expect, test, vi } from 'vitest';
import { leaseFrom } from '../../machines/lease.ts';
import type { SessionError } from '../../src/errors/sessionError.ts';
import { createStoredTokens } from '../../src/storage/storedTokens.ts';
import { webStorage } from '../../src/storage/webStorage.ts';
import { readInstant, systemClock as clock } from '../../src/time/clock.ts';

const issuedTo = 'https://id.test web';

const lease = leaseFrom({ expires_in: 300, renewable: true }, readInstant(clock), {
  epoch: 1,
  generation: 1,
});

const open = (where: Parameters<typeof webStorage>[0]) => {
  const onWarning = vi.fn<(warning: SessionError) => void>();
  return {
    onWarning,
    stored: createStoredTokens(webStorage(where), 'test', {
      clock,
      flights: {},
      source: issuedTo,
      onWarning,
    }),
  };
};

afterEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe.each(['localStorage', 'sessionStorage'] as const)('%s', (where) => {
  test('keeps tokens until they are cleared', async () => {
    const { stored, onWarning } = open(where);
    await stored.save({ accessToken: 'a', refreshToken: 'r' }, lease);
    expect(await open(globalThis[where]).stored.load()).toMatchObject({
      tokens: { accessToken: 'a', refreshToken: 'r' },
      lease: { epoch: 1, generation: 1, lifeMs: 300_000 },
    });
    await stored.clear();
    expect(globalThis[where]).toHaveLength(0);
    expect(onWarning).not.toHaveBeenCalled();
  });

  test('that is full keeps no spent token and breaks nothing', async () => {
    const { stored, onWarning } = open(where);
    await stored.save({ accessToken: 'old' }, lease);
    await stored.save({ accessToken: 'x'.repeat(6_000_000) }, lease);
    expect(globalThis[where]).toHaveLength(0);
    expect(await stored.load()).toBeUndefined();
    expect(onWarning.mock.calls.map(([{ message }]) => message)).toEqual([
      'The token storage fails: QuotaExceededError',
    ]);
  });
});

test('a frame that may not use storage breaks nothing', async () => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc =
    '<script>try { localStorage } catch (error) { parent.postMessage(error.name, "*") }</script>';
  const name = await new Promise((resolve) => {
    window.addEventListener('message', ({ source, data }) => source === frame.contentWindow && resolve(data));
    document.body.append(frame);
  });
  frame.remove();
  expect(name).toBe('SecurityError');
});
