import ky from 'ky';
import { API, APP, EVIL, SECRET } from './addresses.ts';
import type { Alongside, ApiFault } from './api.ts';
import { type CallSpec, createCall, plainCall } from './call.ts';
import type { Refusal, TokenFault } from './provider.ts';
import type { Run } from './run.ts';
import type { SignIn } from './signIns.ts';
import { subOf } from './stage.ts';
import { count } from './tally.ts';
import { elsewhere, isNobodyIn, mishaps, seenOf } from './subject.ts';

/** What a person does on a page of the provider's. */
export type AtProvider =
  | 'ada'
  | 'bob'
  | 'refuses'
  | 'goes back'
  | 'leaves it'
  | 'is known'
  | 'fails'
  | 'another issuer';

/** Everything that can happen in a run, from the app, its user, other tabs, the provider and the network. */
export const createActs = (run: Run) => {
  const { clocks, provider, own, api, signIns, presence, ends, departures, waiting } = run;
  let callIds = 0;
  let release: (() => void) | undefined;
  const undos: (() => void)[] = [];

  const watchSignIn = (signIn: SignIn, promise: Promise<unknown>): Promise<unknown> => {
    const onResolved = (user: unknown): void => {
      if (typeof Object(user).sub !== 'string')
        run.violate(`6: a sign-in resolved with ${JSON.stringify(user)}`);
      if (signIn.mustFail) run.violate('6: a sign-in that names nobody replaced somebody');
      if (signIn.isInPlace && !signIn.family) run.violate('6: a sign-in resolved before its answer');
      if (!signIn.family || signIn.isGivenUp) return;
      api.signedInAs(signIn.family.id);
      run.flights.signedInAs(signIn.family.id);
    };
    const name = signIn.isByTheApp ? 'signIn' : 'require';
    // Whoever does not wait for it must not end the process.
    promise.catch(() => {});
    run.track(
      name,
      promise.then(onResolved).finally(() => (signIn.isSettled = true)),
    );
    return promise;
  };

  const begin = (isByTheApp: boolean, isInPlace: boolean): SignIn => {
    ends.onSignIn();
    run.isStopped = false;
    if (isByTheApp) departures.breakChain();
    return signIns.begin(isByTheApp, isInPlace);
  };

  /** The page is loaded by the user or the browser. */
  const load = (url: string, answer: 'none' | 'some' | 'hopeless'): void => {
    run.session.stop();
    presence.forgetSigns();
    // An end that was not written down when the page was left has not happened: the app has to await `signOut`.
    if (run.isUnwritten) api.forgetEnds();
    if (run.isUnwritten) provider.mustAsk = false;
    release = undefined;
    run.load(url);
    departures.onLoad(answer);
    if (run.setting.app === 'require') acts.require();
    else acts.start();
  };

  const acts = {
    start(): void {
      run.isStopped = false;
      run.track('start', run.session.start());
    },
    /** With name and password, in place. While signed in: a step-up, or a change of user. */
    signIn(sub: 'ada' | 'bob' = 'ada'): Promise<unknown> {
      presence.present();
      const signIn = begin(true, true);
      const username = `${sub}.${signIn.number}`;
      return watchSignIn(signIn, run.session.signIn({ username, password: SECRET }));
    },
    /** On the provider's page, unless the app has a sign-in of its own. */
    signInThere(prompt?: string): void {
      void watchSignIn(begin(true, false), run.session.signIn(prompt === undefined ? {} : { prompt }));
    },
    require(): void {
      void watchSignIn(begin(false, false), run.session.require());
    },
    signOut(redirect = false): Promise<unknown> {
      signIns.giveUpAll();
      const wasSignedIn = run.session.status === 'signedIn';
      // Where a session has ended whoever has signed in since in another tab is let be, and found.
      const isLetBe = run.session.status === 'signedOut' && !isNobodyIn(run.disk);
      const promise = run.session.signOut({ redirect });
      const { page } = run;
      if (redirect) departures.onSignOut(promise);
      if (!isLetBe) ends.onSignOut();
      run.users.forget();
      api.endAll();
      run.track('signOut', promise);
      run.look();
      const markAtEnd = async (): Promise<void> => {
        await promise;
        const isLast = page === run.page && ends.isSignedOut && isNobodyIn(run.disk);
        if (isLast && wasSignedIn) provider.mustAsk = provider.cookie !== undefined;
      };
      return markAtEnd();
    },
    stop(): void {
      signIns.giveUpAll();
      run.session.stop();
      run.isStopped = true;
      run.forgetStarts();
      run.ends.forget();
      run.users.forget();
      presence.forgetSigns();
      run.look();
    },
    /** Stopped and started again in the same page, as React StrictMode does. */
    restart(): void {
      acts.stop();
      acts.start();
    },
    /** The code that made the session is edited, and runs anew in the same page: another one takes its place. */
    edit(): void {
      signIns.giveUpAll();
      run.ends.forget();
      run.users.forget();
      presence.forgetSigns();
      presence.held(false);
      release = undefined;
      run.open();
      acts.start();
    },
    reload: (): void => load(`${APP}/`, 'none'),
    renew(): void {
      run.isStopped = false;
      const promise = run.session.renew();
      presence.asked(promise);
      run.track('renew', promise);
    },
    activate(): void {
      if (run.onActive) presence.sign();
      run.onActive?.();
    },
    stay(): void {
      if (run.session.status !== 'signedIn') return;
      presence.present();
      run.session.stay();
    },
    letGo: (): void => release?.(),
    toggleHold(): void {
      presence.present();
      if (release) return release();
      const undo = run.session.keepAwake();
      presence.held(true);
      release = () => {
        release = undefined;
        presence.held(false);
        presence.present();
        undo();
      };
    },
    request(spec: CallSpec = plainCall): void {
      const { call, args, change } = createCall({
        id: ++callIds,
        spec,
        base: run.page.base,
        origins: run.origins,
        sub: subOf(run),
        violate: run.violate,
        later: (check) => void run.checks.push(check),
      });
      run.calls.set(call.id, call);
      const wait = call.isGated ? waiting.begin(call) : undefined;
      const promise = run.session.fetch(...args);
      if (!call.isGated && call.handed === 0) run.violate('7: a call that needs no token waits');
      if (spec.changes) change();
      const settled = (): void => {
        call.isSettled = true;
        if (wait) waiting.end(wait);
      };
      const onFailed = (error: unknown): void => {
        const isOurs = Object(error).name === 'SessionError' || Object(error).message === 'Failed to fetch';
        const isAborted = call.aborter.signal.aborted && error === call.aborter.signal.reason;
        if (!isOurs && !isAborted) run.violate(`3: a call failed with ${String(error)}`);
        throw error;
      };
      run.track('request', promise.catch(onFailed).finally(settled));
    },
    /** A call to a relative address after the token has lapsed, and a `<base>` that appears while it waits. */
    requestThenBase(): void {
      clocks.suspend(run.setting.lifeSeconds * 1000);
      acts.activate();
      acts.request({ ...plainCall, address: 'relative' });
      acts.setBase('evil');
    },
    /** The page is loaded anew after the token has lapsed, and its user changes their mind twice. */
    reloadAndWaver(): void {
      clocks.suspend(run.setting.lifeSeconds * 1000);
      acts.reload();
      void acts.signOut();
      void acts.signIn();
      acts.renew();
    },
    /** Aborts the oldest call that can be. */
    abort(): void {
      const call = [...run.calls.values()].find(({ spec, isSettled }) => spec.signal && !isSettled);
      call?.aborter.abort();
    },
    requestThroughKy(): void {
      const options = { fetch: run.session.fetch, retry: { limit: 2 } };
      run.track('ky', ky.get(`${API}/items`, options).text());
    },
    /** A token for what has no `fetch`; with a margin: one that lives for so much longer. */
    token(marginMs = 0): void {
      const wasQuiet = run.isQuiet;
      const wait = waiting.begin(undefined, marginMs);
      const promise = run.session.getAccessToken(marginMs > 0 ? { margin: marginMs } : {});
      const leftMs = (token: string): number => {
        const held = run.mint.access.get(token);
        return (held?.issuedAtMs ?? 0) + (held?.lifeMs ?? Infinity) - clocks.trueMs();
      };
      const onToken = (token: string): void => {
        if (leftMs(token) < marginMs && !clocks.isBlind)
          run.violate('1: a token with less life than was asked for');
      };
      // A token that was on its way already may be the one that is too short as well.
      const issuedBefore = wasQuiet ? run.mint.issued : -1;
      const onFailed = (error: unknown): void => {
        // Only a token that came after the call, and is too short as well, shows that none will do.
        if (Object(error).code === 'option_invalid' && run.mint.issued === issuedBefore)
          run.violate('3: a token was called too short for its caller before another was tried');
        throw error;
      };
      run.track(
        'token',
        promise.then(onToken, onFailed).finally(() => waiting.end(wait)),
      );
    },
    activeElsewhere(agoMs = 0): void {
      presence.sign(agoMs);
      elsewhere.active(run.disk, clocks.clock.wallMs() - agoMs);
    },
    signOutElsewhere(): void {
      elsewhere.signedOut(run.disk);
      run.entries.clear();
      provider.setCookie(undefined);
    },
    signInElsewhere(sub: 'ada' | 'bob'): void {
      elsewhere.signedIn(run.disk, sub, clocks.clock.wallMs());
      // A page without a session finds whoever is signed in in another tab.
      run.ends.onSignIn();
      run.entries.clear();
      provider.setCookie(sub);
      provider.mustAsk = false;
      presence.present();
    },
    /** Somebody signs in at the provider, by way of another app; or the session there ends. */
    atProvider: (sub: string | undefined): void => provider.setCookie(sub),
    record(mishap: keyof typeof mishaps): void {
      mishaps[mishap](run.disk);
      // No epoch begins in the very millisecond in which another one did.
      if (mishap === 'lost') clocks.suspend(1);
      if (mishap !== 'newer') provider.mustAsk = false;
    },
    fault: (fault: TokenFault): void =>
      run.setting.renewal === 'own' || run.setting.renewal === 'cookie'
        ? own.fail(fault)
        : provider.fail(fault),
    refuse: (how: Refusal | undefined): void => provider.refuse(how),
    /** The app was deployed anew: what is loaded lazily is not there, once. */
    loseChunk: (): void => void (run.lostChunks = 1),
    failFrames: (on: boolean): void => provider.failFrames(on),
    apiFault: (fault: ApiFault): void => api.fail(fault),
    sendAlong(what: Alongside): void {
      api.sendAlong(what);
      acts.request();
    },
    network(type: 'online' | 'offline'): void {
      run.page.network(type);
    },
    /** Nothing gets through for so long. */
    outage: (ms: number): void => void (run.backOnlineMs = clocks.trueMs() + ms),
    setBase: (where: 'home' | 'evil'): void => run.page.setBase(where === 'evil' ? `${EVIL}/` : `${APP}/`),
    hide: (): void => run.page.hide(),
    show(): void {
      presence.present();
      run.page.show();
    },
    wake: (): void => run.page.wake(),
    /** The page rests in the back/forward cache while something happens elsewhere, and comes back. */
    rest(meanwhile: () => void, ms: number): void {
      ends.onRest();
      run.page.rest();
      clocks.suspend(ms);
      meanwhile();
      const { signsIn, isRestoring } = seenOf(run.session);
      if (signsIn && !isRestoring) signIns.giveUpAll();
      run.leftFor = undefined;
      ends.onThaw();
      run.page.comeBack();
      run.look();
    },
    /** Back from the provider with the page as it was. */
    goBack: (): void => acts.rest(() => {}, 2000),
    /** Somebody does something on the page of the provider's that was left for. */
    atThePage(what: AtProvider): void {
      const { leftFor } = run;
      if (leftFor === undefined) return;
      const place = provider.isSignOutPage(leftFor) ? 'sign-out page' : 'provider';
      count(run.tally.kinds, `met: at the ${place} ${what}`);
      if (what === 'goes back') return acts.goBack();
      if (what === 'leaves it') return acts.reload();
      if (provider.isSignOutPage(leftFor)) {
        if (what !== 'fails') load(provider.loggedOut(leftFor) ?? `${APP}/`, 'none');
        return;
      }
      if (what === 'is known' || leftFor.includes('prompt=none')) {
        const known = provider.answerBySession(leftFor);
        return void (known && load(known, 'some'));
      }
      if (what === 'refuses')
        return load(provider.answerByPerson(leftFor, { error: 'access_denied' }), 'hopeless');
      if (what === 'fails') return load(provider.answerByPerson(leftFor, { error: 'server_error' }), 'some');
      presence.present();
      if (what === 'another issuer') return load(provider.answerByPerson(leftFor, 'iss'), 'hopeless');
      load(provider.answerByPerson(leftFor, { sub: what }), 'some');
    },
    /** Messages of this kind get stuck on their way, where nothing else decides about it. */
    holdUp: (kind: string): void => run.scheduler.hold?.(new RegExp(kind)),
    letThrough: (): void => run.scheduler.release?.(),
    throwing: (on: boolean): void => void (run.listenersThrow = on),
    /** A listener that undoes itself and listens again, as "once, then re-arm" helpers do. */
    rearm(): void {
      let times = 0;
      const again = (): void => {
        undo();
        queueMicrotask(() => (times = 0));
        if (++times > 20) run.violate('9: one fact is told to one listener for ever');
        else undo = run.session.on('*', again);
      };
      let undo = run.session.on('*', again);
    },
    /** A listener that signs out, stops, or signs in, in the middle of whatever happens. */
    reenter(type: 'signedIn' | 'renewed' | 'expired', act: 'signOut' | 'stop' | 'signIn'): void {
      const undo = run.session.on(type, () => {
        undo();
        void acts[act]();
      });
      undos.push(undo);
    },
    undoListeners(): void {
      for (const undo of undos.splice(0)) undo();
    },
  };
  return acts;
};

export type Acts = ReturnType<typeof createActs>;
