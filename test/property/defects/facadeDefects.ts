import type { Session } from '../../../src/session/session.ts';
import type { Subject } from '../model/subject.ts';

type Assemble = Subject['assembleSession'];
type Settings = Parameters<Assemble>[0];
type Platform = Parameters<Assemble>[1];
type GrantDeps = Parameters<Subject['createGrants']>[0];
type AnySession = Session<unknown>;

/** What a session does, replaced from outside: these defects do not depend on how it is built. */
export interface FacadeDefect {
  spoil(subject: Subject): Subject;
  readonly noticed: RegExp;
  /** The directed script that shows it; where none does, scheduled runs have to. */
  readonly script?: string;
}

/** A session with some of its properties read or called otherwise. */
const over = (session: AnySession, properties: PropertyDescriptorMap & ThisType<AnySession>): AnySession =>
  Object.create(session, properties) as AnySession;

const spoilSession = (
  spoil: (session: AnySession, platform: Platform) => AnySession,
): FacadeDefect['spoil'] => {
  return (subject) => ({
    ...subject,
    assembleSession: ((settings: Settings, platform: Platform, seat) =>
      spoil(subject.assembleSession(settings, platform, seat), platform)) as Assemble,
  });
};

const spoilInputs = (
  spoil: (settings: Settings, platform: Platform) => [Settings, Platform],
): FacadeDefect['spoil'] => {
  return (subject) => ({
    ...subject,
    assembleSession: (settings, platform, seat) =>
      subject.assembleSession(...spoil(settings, platform), seat),
  });
};

const spoilGrants = (spoil: (deps: GrantDeps) => GrantDeps): FacadeDefect['spoil'] => {
  return (subject) => ({ ...subject, createGrants: (deps) => subject.createGrants(spoil(deps)) });
};

export const facadeDefects: Readonly<Record<string, FacadeDefect>> = {
  'the user of an epoch becomes another': {
    spoil: spoilSession((session) => {
      let renewals = 0;
      session.on('renewed', () => void renewals++);
      const user = (): unknown => {
        const shown = session.user as { sub: string } | null;
        return shown && renewals > 1 ? { ...shown, sub: 'eve' } : shown;
      };
      return over(session, { user: { get: user } });
    }),
    noticed: /6: \w+ became eve without a sign-in/,
  },
  'a session that was switched says that it was revoked': {
    spoil: spoilSession((session) =>
      over(session, {
        on: {
          value: (type: '*', listener: (fact: object) => void) =>
            session.on(type, (fact) => {
              listener(fact.type === 'expired' ? { ...fact, reason: 'revoked' } : fact);
            }),
        },
      }),
    ),
    noticed: /6: a renewal brought another user, and the reason is revoked/,
  },
  'the last token is shown for ever': {
    spoil: spoilSession((session) => {
      let last: string | undefined;
      return over(session, { peekAccessToken: { value: () => (last = session.peekAccessToken() ?? last) } });
    }),
    noticed: /6: somebody is signed in after a sign-out|6: a token is handed out after stop/,
  },
  'a sign-in resolves at once': {
    spoil: spoilSession((session) =>
      over(session, {
        signIn: {
          value(asked: object) {
            session.signIn(asked).catch(() => {});
            return Promise.resolve({ sub: 'ada' });
          },
        },
      }),
    ),
    noticed: /6: a sign-in resolved before its answer/,
  },
  'a sign-in that was given up resolves with nobody': {
    spoil: spoilSession((session) =>
      over(session, { signIn: { value: (asked: object) => session.signIn(asked).catch(() => null) } }),
    ),
    noticed: /6: a sign-in resolved with null/,
  },
  'a call is written down a moment late': {
    spoil: spoilSession((session) =>
      over(session, {
        fetch: {
          value: (...args: Parameters<typeof fetch>) => Promise.resolve().then(() => session.fetch(...args)),
        },
      }),
    ),
    noticed: /7: a (body|header) was changed|7: a call that needs no token waits/,
  },
  'a call waits a second for nothing': {
    spoil: spoilSession((session, { clock }) => {
      const later = (): Promise<void> => new Promise((resolve) => clock.setTimeout(resolve, 1000));
      return over(session, {
        fetch: { value: (...args: Parameters<typeof fetch>) => later().then(() => session.fetch(...args)) },
      });
    }),
    noticed: /3: a call waits though a fresh token/,
  },
  'nothing is given back': {
    spoil: spoilInputs((settings, platform) => [
      settings,
      {
        ...platform,
        fetch: (input, init) =>
          /revoke|logout/.test(input instanceof Request ? input.url : String(input))
            ? Promise.resolve(new Response(null, { status: 200 }))
            : platform.fetch(input, init),
      },
    ]),
    noticed: /6: a late answer was not given back/,
  },
  'a session does not wait for what the one before it has under way': {
    spoil: spoilGrants((deps) => ({ ...deps, flights: {} })),
    noticed: /2: two refresh grants in flight/,
    script: "an edit of the app's code: what its renewal brings is for the next session",
  },
  'the storage is never emptied': {
    spoil: spoilInputs((settings, platform) => [
      { ...settings, ...(settings.storage && { storage: { ...settings.storage, remove: () => {} } }) },
      platform,
    ]),
    noticed: /6: the storage holds tokens of nobody/,
  },
  'the page leaves once more, some time later': {
    spoil: spoilGrants((deps) => ({
      ...deps,
      page: deps.page && {
        ...deps.page,
        navigate(url, options) {
          deps.page?.navigate(url, options);
          deps.clock.setTimeout(() => deps.page?.navigate(url, options), 2000);
        },
      },
    })),
    noticed: /L: left for/,
  },
  'the tab forgets what it left for, and how often': {
    spoil: spoilGrants((deps) => ({
      ...deps,
      page: deps.page && {
        ...deps.page,
        tabStorage: {
          ...deps.page.tabStorage,
          getItem: (key) => (key.endsWith('sign-ins') ? (deps.page?.tabStorage.getItem(key) ?? null) : null),
        },
      },
    })),
    noticed: /L: left for the provider a fourth time/,
    script: 'require() does not leave for ever: the provider fails',
  },
  'after a sign-out nobody is asked': {
    spoil: spoilGrants((deps) => ({
      ...deps,
      record: {
        read: () => deps.record.read(),
        update: (change) => deps.record.update((known) => ({ ...change(known), promptLogin: false })),
      },
    })),
    noticed: /6: signed in without being asked after a sign-out/,
  },
  'what the next release has put into the record is dropped': {
    spoil: spoilGrants((deps) => ({
      ...deps,
      record: {
        read: () => deps.record.read(),
        update: (change) =>
          deps.record.update((known) => {
            const { ofTheNextRelease: _, ...rest } = change(known) as ReturnType<typeof change> &
              object & {
                ofTheNextRelease?: unknown;
              };
            return rest;
          }),
      },
    })),
    noticed: /9: a field of a newer release is lost/,
  },
};
