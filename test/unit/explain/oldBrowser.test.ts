import { afterEach, expect, it, vi } from 'vitest';
import { SessionError } from '../../../src/errors/sessionError.ts';
import { explainError } from '../../../src/explain/explainError.ts';
import { refreshWithout } from './evidence.ts';

afterEach(() => void vi.unstubAllGlobals());

it('explains in browsers that know neither URL.canParse nor URL.parse', () => {
  const refused = new SessionError('client_refused', 'Renewing failed', {
    status: 401,
    error: 'invalid_client',
  });
  const context = { request: refreshWithout('client_id', { clientId: undefined }) };
  const wanted = explainError(refused, context);
  class OldURL extends URL {
    static override canParse = undefined as never;
    static override parse = undefined as never;
  }
  vi.stubGlobal('URL', OldURL);
  expect(explainError(refused, context)).toEqual(wanted);
  expect(wanted.length).toBeGreaterThan(0);
});
