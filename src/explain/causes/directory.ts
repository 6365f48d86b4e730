import type { Cause } from '../cause.ts';

const endpoints = ['authorization', 'token', 'device'] as const;

/** The directory (tenant, organization) that was asked, and who belongs to it. */
export const directory: readonly Cause[] = [
  {
    id: 'tenant-unknown',
    title: 'The address does not name a tenant that exists',
    provider: 'entra',
    step: 'realm',
    rank: 1,
    endpoints,
    answers: [],
    looks: 'AADSTS90002, AADSTS900023, or AADSTS50059 where the address names none.',
    why: 'The tenant id is mistyped, is the id of the app or of a subscription, is of another cloud, or a flow without a user was sent to `common`.',
    remedy:
      'Put the "Directory (tenant) ID" of the app registration into the address. Or a verified domain of the tenant.',
    check: 'Open `https://login.microsoftonline.com/<tenant>/v2.0/.well-known/openid-configuration`.',
  },
  {
    id: 'account-kind-not-allowed',
    title: 'The app is not registered for the accounts that the address stands for',
    provider: 'entra',
    step: 'realm',
    rank: 2,
    endpoints,
    answers: [],
    looks:
      'AADSTS50194 ("not configured as a multi-tenant application"), or a sentence that speaks of `/common`, `/consumers` or `/organizations`.',
    why: 'An app for one tenant must name that tenant in the address. Personal accounts need an app that is registered for them.',
    remedy:
      'Put the tenant id in place of `common`. Or change "Supported account types" of the app registration.',
    check: 'Compare "Supported account types" with the path of the address.',
  },
  {
    id: 'user-not-in-tenant',
    title: 'The account does not belong to the directory that was asked',
    provider: 'any',
    step: 'grant',
    rank: 2,
    endpoints,
    answers: [],
    looks: 'AADSTS50020, AADSTS50034, AADSTS500208; Google: `org_internal`.',
    why: 'The user is of another tenant or has a personal account, the name is mistyped, or the browser is signed in with another account.',
    remedy:
      'Sign in with an account of the directory. Or invite the user as a guest, or open the app to other accounts.',
    check: 'Try it in a private window, with an account that is certain to be in the directory.',
  },
  {
    id: 'client-not-in-tenant',
    title: 'The app has no service principal in the tenant that was asked',
    provider: 'entra',
    step: 'client',
    rank: 3,
    endpoints,
    answers: [],
    looks: 'AADSTS7000229: "…is missing service principal in the tenant".',
    why: 'The app is registered in another tenant, and nobody has installed it in this one by consenting to it.',
    remedy: 'Let an admin of this tenant consent to the app. Or ask the tenant in which it is at home.',
    check: 'Look for the app under "Enterprise applications" of the tenant.',
  },
  {
    id: 'grant-of-other-tenant',
    title: 'The code or the refresh token is of another tenant',
    provider: 'entra',
    step: 'grant',
    rank: 2,
    endpoints: ['token'],
    answers: [],
    looks: 'AADSTS7000012, AADSTS70000121 or AADSTS700005.',
    why: 'Sign-in and redemption use different tenants in the address, as `consumers` for the one and a tenant id for the other.',
    remedy: 'Use one address for sign-in, exchange and refresh. Keep the tenant in one constant.',
    check: 'Compare the first part of the path of both addresses.',
  },
];
