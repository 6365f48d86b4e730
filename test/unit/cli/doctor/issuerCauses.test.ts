import { expect, it } from 'vitest';
import { issuerCauses } from '../../../../src/cli/doctor/issuerCauses.ts';

const discovery = (issuer: string) => ({ url: 'https://id.example.com', isMetadata: true, issuer });

it('an issuer is compared letter by letter', () => {
  const [cause] = issuerCauses('https://id.example.com', discovery('https://id.example.com/'));
  expect(cause).toMatchObject({ id: 'issuer-differs', certainty: 'shown' });
});

it('a pattern that stands for the issuers of all tenants differs from none', () => {
  const common = 'https://login.microsoftonline.com/common/v2.0';
  expect(issuerCauses(common, discovery('https://login.microsoftonline.com/{tenantid}/v2.0'))).toEqual([]);
});
