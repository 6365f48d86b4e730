import { vi } from 'vitest';
import type { Lease } from '../../../machines/lease.ts';
import { defaultMachineSettings } from '../../../machines/sessionContext.ts';
import type { LoginFailed, LoginGranted } from '../../../machines/sessionEvents.ts';
import { createGrants } from '../../../src/grants/createGrants.ts';
import type { GrantDeps } from '../../../src/grants/grantDeps.ts';
import * as optionalParts from '../../../src/grants/optionalParts.ts';
import type { Attempt } from '../../../src/grants/signIn/attempt.ts';
import type { SignInOptions, SignOutOptions } from '../../../src/grants/signInOptions.ts';
import { isSessionError, type SessionError } from '../../../src/errors/sessionError.ts';
import type { Page } from '../../../src/page/page.ts';
import { createMemoryRecord } from '../../../src/record/memoryRecord.ts';
import { emptyRecord, type SessionRecord } from '../../../src/record/sessionRecord.ts';
import { memoryStorage } from '../../../src/storage/memoryStorage.ts';
import { createVirtualClock } from '../../../src/testing/virtualClock.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { claimsAt, configWith, createTransport, json, jwt, type Sent } from './protocolFixture.ts';

export const app = 'https://app.example.com';

/** What the provider knows of a code that it has given out. */
interface Code {
  readonly sub: string;
  readonly nonce: string | null;
  /** What is different about the token answer. */
  readonly more: object;
}

/** How a page is loaded. */
interface Load {
  readonly options?: Partial<GrantDeps['options']>;
  readonly loadOptional?: GrantDeps['loadOptional'];
  readonly isTraversed?: boolean;
  /** Settles once the user is led to the page, which was loaded ahead. */
  readonly activated?: Promise<void>;
  /** `null`: not in a browser. */
  readonly page?: null;
  /** What it has in common with other tabs. */
  readonly tabs?: GrantDeps['tabs'];
  /** Where a frame that asks the provider without the user comes back to. */
  readonly frame?: (url: string) => string | undefined | Promise<string>;
  onReturn?(url: string, answer: URLSearchParams): boolean;
}

const lives = { defaultTokenLifetime: 60_000, maxRenewAhead: 60_000, tokenTimeout: 10_000 };

type Kind = 'restore' | 'interactive' | 'rescue';

const requireSo = (isSo: boolean): void => {
  if (!isSo) throw new Error('not yet');
};

/** A tab over all pages that are loaded in it, and a provider that answers in it. */
export const createTab = () => {
  const clock = createVirtualClock({ wallMs: Date.now() });
  const entries = new Map<string, string>();
  const codes = new Map<string, Code>();
  const record = createMemoryRecord();
  const storage = memoryStorage();
  /** In place of the usual answer to the next token request. */
  const answers: (() => Response | Promise<Response>)[] = [];
  let serial = 0;
  let controller = new AbortController();

  const issue = (sub: string, more: object = {}, nonce: string | null = null): object => ({
    access_token: `access-${++serial}`,
    token_type: 'Bearer',
    expires_in: 300,
    refresh_token: `refresh-${serial}`,
    id_token: jwt(claimsAt(clock.wallMs(), { sub, ...(nonce !== null && { nonce }), ...more })),
  });

  const answer = ({ url, form }: Sent): Response | Promise<Response> => {
    if (!url.endsWith('/token')) return new Response(null);
    const special = answers.shift();
    if (special) return special();
    const code = codes.get(form.get('code') ?? '');
    return json(code ? issue(code.sub, code.more, code.nonce) : issue('ada'));
  };
  const { sent, fetch } = createTransport(answer);

  /** Where the provider sends the browser back to, from this address of its own. */
  const cameBack = (
    from: string,
    how: string | { readonly sub?: string; readonly more?: object },
  ): string => {
    const asked = new URL(from).searchParams;
    const back = new URL(asked.get('redirect_uri')!);
    back.searchParams.set('state', asked.get('state')!);
    if (typeof how === 'string') back.searchParams.set('error', how);
    else {
      const code = `code-${codes.size + 1}-of-the-provider`;
      codes.set(code, { sub: how.sub ?? 'ada', nonce: asked.get('nonce'), more: how.more ?? {} });
      back.searchParams.set('code', code);
    }
    return back.href;
  };

  const load = (
    url: string,
    {
      options,
      loadOptional = async () => optionalParts,
      isTraversed = false,
      activated,
      page: none,
      tabs,
      frame,
      onReturn,
    }: Load = {},
  ) => {
    // The page before this one is gone, and a window has one address bar.
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const vault = createVault();
    const navigate = vi.fn<Page['navigate']>();
    const answerParent = vi.fn<Page['answerParent']>();
    const errors: SessionError[] = [];
    const warnings: SessionError[] = [];
    const told: unknown[] = [];
    const users: unknown[] = [];
    let shown = url;
    let number = 0;
    const page: Page = {
      get url() {
        return shown;
      },
      home: `${app}/`,
      isTraversed,
      tabStorage: {
        getItem: (key) => entries.get(key) ?? null,
        setItem: (key, value) => void entries.set(key, value),
        removeItem: (key) => void entries.delete(key),
      },
      navigate,
      replaceUrl: (to) => void (shown = to),
      whenVisible: async () => {},
      whenActivated: () => activated,
      answerParent,
      askInFrame: async (asked) => frame?.(asked),
    };
    const grants = createGrants({
      name: 'app',
      flights: {},
      options: {
        ...configWith(lives),
        scope: 'openid',
        idle: {},
        machine: defaultMachineSettings,
        ...options,
      } as GrantDeps['options'],
      clock,
      random: () => 0.5,
      vault,
      record,
      continuity: { canVouch: () => true, stretch: 0, mend: () => {}, interrupt: () => {} },
      page: none === null ? undefined : page,
      tabs,
      fetch,
      // In microtasks, as all else on the way to the provider: what has not happened once they have run will not happen.
      digest: async (verifier) => verifier,
      loadOptional,
      tell: (event) => told.push(event),
      onReturn: (...back) => onReturn?.(...back) ?? false,
      onArrived: () => {},
      onUser: (user) => users.push(user),
      onError: (error) => errors.push(error),
      onWarning: (warning) => warnings.push(warning),
    });
    const permits = {
      restore: vault.permitRestore,
      interactive: vault.permitSignIn,
      rescue: vault.permitRenewal,
    };
    const attempt = (kind: Kind, asked?: SignInOptions, isRequired = false) => {
      const settle = vi.fn<(outcome: SessionError | Lease) => void>();
      const by: Attempt = {
        number: ++number,
        permit: permits[kind](),
        signal,
        ticket: asked && { options: asked, isRequired, settle },
      };
      const login = (): Promise<LoginGranted | LoginFailed> =>
        grants.login({ type: 'login.requested', kind, attempt: number, ticket: null }, by);
      return { by, settle, login };
    };
    return {
      grants,
      vault,
      told,
      navigate,
      answerParent,
      errors,
      warnings,
      users,
      attempt,
      get shown() {
        return shown;
      },
      restore: () => attempt('restore').login(),
      rescue: () => attempt('rescue').login(),
      signOut: (asked: SignOutOptions = {}) =>
        grants.signOut({ tokens: vault.wipe(), permit: vault.permitSignIn(), signal }, asked),
      renew: () => grants.refresh({ ...vault.lease()!, type: 'refresh.requested' }, vault.permitRenewal()),
      /** Signs in; returns what became of it, or where the page leaves for. */
      async signIn(asked: SignInOptions = {}, isRequired = false) {
        const left = navigate.mock.calls.length;
        const { settle, login } = attempt('interactive', asked, isRequired);
        void login();
        await vi.waitFor(() => requireSo(navigate.mock.calls.length > left || settle.mock.calls.length > 0));
        const outcome = settle.mock.lastCall?.[0];
        if (!outcome) return navigate.mock.lastCall![0];
        return isSessionError(outcome) ? outcome : 'signedIn';
      },
      /** Where the page leaves for in the end. */
      async left(): Promise<string> {
        await vi.waitFor(() => requireSo(navigate.mock.calls.length > 0));
        return navigate.mock.lastCall![0];
      },
    };
  };

  return {
    clock,
    entries,
    record,
    storage,
    sent,
    answers,
    issue,
    load,
    cameBack,
    /** The record says this. */
    note: (news: Partial<SessionRecord>) => record.update((known) => ({ ...emptyRecord, ...known, ...news })),
    /** Nothing leaves any page of it any more. */
    close: (): void => controller.abort(),
  };
};
