import {
  type IdTokenClaims,
  type Session,
  type SessionOptions,
  type TokenResponse,
  createSession,
  webStorage,
} from '../../src/index.ts';

/** What a test lets the page do; plain JSON, written into every page that the server sends. */
export interface E2eSettings {
  /** Options of the session. */
  readonly session: Pick<SessionOptions, 'issuer' | 'clientId'> & Partial<SessionOptions>;
  readonly storage?: 'sessionStorage' | 'localStorage';
  /** What a sign-in of the app's own brings. */
  readonly tokens?: TokenResponse;
  /** Routers take the way back; the page itself does not change its URL. */
  readonly onReturn?: boolean | 'throws';
  /** The name of another session of this page, which is started first. */
  readonly beside?: string;
  /** What the page does by itself. @default 'require' */
  readonly begin?: 'nothing' | 'start' | 'require' | 'strictMode';
}

/** What a test finds in the page. */
interface E2eState {
  readonly session: Session;
  /** Facts and their reasons, in order. */
  readonly facts: string[];
  /** When the idle session ends, as each warning of it says, in milliseconds since the Unix epoch. */
  readonly ends: number[];
  /** Codes of warnings. */
  readonly warnings: string[];
  /** Their messages. */
  readonly told: string[];
  /** What `onReturn` was told: the way back, and what the provider sent along. */
  readonly returned: string[];
  /** What came from frames. */
  readonly messages: unknown[];
  /** The name of the user that `start` or `require` brought, or `nobody`. */
  who?: string;
  /** Whether there was a fresh token at that moment. */
  wasFresh?: boolean;
  /** The code of the error with which `require` failed. */
  failure?: string;
  /** Came back from the back/forward cache. */
  restored: boolean;
}

declare global {
  interface Window {
    e2e: E2eState;
    settings: E2eSettings;
  }
}

const { settings } = window;
const warnings: string[] = [];
const told: string[] = [];
const returned: string[] = [];

const beside = settings.beside && createSession({ ...settings.session, name: settings.beside });
if (beside) void beside.start();

const session = createSession({
  ...settings.session,
  ...(settings.storage && { storage: webStorage(settings.storage) }),
  ...(settings.tokens && { grants: { signIn: async () => settings.tokens! } }),
  ...(settings.onReturn && {
    onReturn: (url: string, answer: URLSearchParams) => {
      returned.push(answer.size > 0 ? `${url}?${answer}` : url);
      if (settings.onReturn === 'throws') throw new Error('no such route');
    },
  }),
  onWarning: ({ code, message }) => {
    warnings.push(code);
    told.push(message);
  },
});
const e2e: E2eState = {
  session,
  facts: [],
  ends: [],
  warnings,
  told,
  returned,
  messages: [],
  restored: false,
};
window.e2e = e2e;

session.on('*', (fact) => void e2e.facts.push('reason' in fact ? `${fact.type} ${fact.reason}` : fact.type));
session.on('warned', ({ deadline }) => void e2e.ends.push(deadline.wallMs));
window.addEventListener('message', ({ data }) => void e2e.messages.push(data));
window.addEventListener('pageshow', ({ persisted }) => void (e2e.restored ||= persisted));

const note = (user: IdTokenClaims | null): void => {
  e2e.who = user?.name ?? 'nobody';
  e2e.wasFresh = session.peekAccessToken() !== undefined;
};
const noteFailure = (error: Error & { code?: string }): void =>
  void (e2e.failure = error.code ?? error.message);

const beginnings = {
  nothing: () => {},
  start: () => session.start().then(note, noteFailure),
  require: () => session.require().then(note, noteFailure),
  strictMode: async () => (await import('./e2eReact.ts')).render(session),
};
void beginnings[settings.begin ?? 'require']();
