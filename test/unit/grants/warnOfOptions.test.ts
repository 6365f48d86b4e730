import { expect, test, vi } from 'vitest';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import { warnOfOptions } from '../../../src/grants/warnOfOptions.ts';

const secret = 'createSession: a `clientSecret` in a page is no secret';
const nameless = 'createSession: `scope` is without `openid`';

test.each<[string, object, boolean, string[]]>([
  ['nothing', { scope: 'openid profile' }, true, []],
  ['a secret in a page', { scope: 'openid', clientSecret: 'mine' }, true, [secret]],
  ['a secret on a server', { scope: 'openid', clientSecret: 'mine' }, false, []],
  ['a scope without openid', { scope: 'profile email' }, true, [nameless]],
  ['a scope that only sounds like it', { scope: 'openid2 profile' }, false, [nameless]],
  [
    'a scope without openid, with a mapper that may know the user',
    { scope: 'email', user: () => 1 },
    true,
    [],
  ],
  ['both', { scope: '', clientSecret: 'mine' }, true, [secret, nameless]],
])('warns of %s', (_what, options, isPage, wanted) => {
  const onWarning = vi.fn<GrantDeps['onWarning']>();
  warnOfOptions({
    options: options as GrantDeps['options'],
    page: isPage ? ({} as NonNullable<GrantDeps['page']>) : undefined,
    onWarning,
  });
  expect(onWarning.mock.calls).toMatchObject(
    wanted.map((part) => [{ code: 'option_invalid', message: expect.stringContaining(part) as string }]),
  );
  expect(onWarning).toHaveBeenCalledTimes(wanted.length);
});
