import '@angular/compiler';
import {
  HttpBackend,
  HttpClient,
  HttpContext,
  HttpContextToken,
  HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  type HttpInterceptorFn,
  HttpParams,
  HttpRequest,
  HttpResponse,
  provideHttpClient,
  withFetch,
  withInterceptors,
} from '@angular/common/http';
import { inject, InjectionToken } from '@angular/core';
import { firstValueFrom, lastValueFrom, type Observable, of, tap, toArray } from 'rxjs';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { provideSession } from '../../src/angular/index.ts';
import { provideSessionBackend } from '../../src/angular/http.ts';
import { isSessionError } from '../../src/index.ts';
import { createFakeSession, type FakeSession, type FakeSessionOptions } from '../../src/testing/index.ts';
import { STUB_API, type Seen } from '../support/stubApi.ts';
import { component, startApp } from './angularApp.ts';
import { stringsIn } from './stringsIn.ts';

const transports = [
  ['HttpXhrBackend', []],
  ['FetchBackend', [withFetch()]],
] as const;

let log: string;
beforeEach(() => {
  log = crypto.randomUUID();
});

/** An address of the stub API. */
const api = (path: string, query: Record<string, string | string[]> = {}): string => {
  const params = new HttpParams({ fromObject: { log, ...query } });
  return `${location.origin}${STUB_API}/${path}?${params.toString()}`;
};

/** What the stub API has seen. */
const seen = async (): Promise<Seen[]> => (await fetch(api('read'))).json();
const tokensSeen = async (): Promise<unknown[]> =>
  (await seen()).map(({ headers }) => headers['authorization']?.slice(7));

const start = async (
  options: Partial<FakeSessionOptions<object>> = {},
  features: (typeof transports)[number][1] = [],
): Promise<{ session: FakeSession<object>; http: HttpClient; shown: unknown[] }> => {
  const session = createFakeSession({ user: {}, tokenOrigins: [location.origin], ...options });
  await session.enter('authenticated');
  /** What an interceptor, a logger or a transfer cache gets to see. */
  const shown: unknown[] = [];
  const look: HttpInterceptorFn = (request, next) => {
    shown.push(request);
    return next(request).pipe(
      tap({ next: (event) => shown.push(event), error: (error) => shown.push(error) }),
    );
  };
  let http!: HttpClient;
  const root = component('app-root', '', () => ({ http: (http = inject(HttpClient)) }));
  const app = await startApp(root, document.body.appendChild(document.createElement('div')), [
    provideSession(session),
    provideHttpClient(...features, withInterceptors([look])),
    provideSessionBackend(),
  ]);
  onTestFinished(() => {
    app.destroy();
    session.stop();
  });
  return { session, http, shown };
};

/** Sends, while the time of the session passes. */
const ask = async <T>(session: FakeSession<object>, request: Observable<T>): Promise<T> => {
  const answer = lastValueFrom(request);
  let isOver = false;
  void answer.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  const goOn = async (): Promise<void> => {
    await session.advance(10);
    expect(isOver).toBe(true);
  };
  await vi.waitFor(goOn, { timeout: 20_000 });
  return answer;
};

const errorOf = (asked: Promise<unknown>): Promise<HttpErrorResponse> =>
  asked.then(
    () => expect.unreachable('must fail'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(HttpErrorResponse);
      return error as HttpErrorResponse;
    },
  );

const tokenOf = (session: FakeSession<object>): Promise<string> => session.getAccessToken();
/** The token that a renewal will bring. */
const nextOf = (token: string): string => token.replace(/\d+$/, (generation) => `${Number(generation) + 1}`);

const formOf = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

describe.each(transports)('HttpClient over %s through the gate', (name, features) => {
  test('sends by what the app has chosen', async () => {
    const { session, http } = await start({}, features);
    const sent = vi.spyOn(XMLHttpRequest.prototype, 'send');
    onTestFinished(() => sent.mockRestore());
    await ask(session, http.get(api('things')));
    expect(sent).toHaveBeenCalledTimes(name === 'HttpXhrBackend' ? 1 : 0);
  });

  test('puts a token on requests to token origins, which no interceptor sees', async () => {
    const { session, http, shown } = await start({}, features);
    const token = await tokenOf(session);
    expect(await ask(session, http.get(api('things')))).toEqual({ ok: true });
    await ask(session, http.post(api('things', { refuse: token }), { a: 1 }));
    await errorOf(ask(session, http.get(api('refused', { refuse: [token, nextOf(token)] }))));
    expect(await tokensSeen()).toEqual([token, token, nextOf(token), nextOf(token)]);
    expect(shown.length).toBeGreaterThanOrEqual(6);
    const strings = stringsIn(shown as object[]).filter((text) => !text.includes('refuse='));
    expect(strings.filter((text) => text.includes('fake-'))).toEqual([]);
  });

  test('repeats a 401 once, with a newer token', async () => {
    const { session, http } = await start({}, features);
    const token = await tokenOf(session);
    const response = await ask(session, http.get(api('things', { refuse: token }), { observe: 'response' }));
    expect(response.status).toBe(200);
    expect(await tokensSeen()).toEqual([token, nextOf(token)]);
  });

  test('hands a 401 through that follows on a newer token', async () => {
    const { session, http } = await start({}, features);
    const token = await tokenOf(session);
    const refused = { refuse: [token, nextOf(token)] };
    const error = await errorOf(ask(session, http.get(api('things', refused))));
    expect([error.status, error.error]).toEqual([401, { ok: true }]);
    expect(await tokensSeen()).toEqual([token, nextOf(token)]);
  });

  test.each([['DPoP algs="ES256"'], ['Bearer error="insufficient_scope"']])(
    'hands a 401 through that does not speak of the token: %s',
    async (challenge) => {
      const { session, http } = await start({}, features);
      const token = await tokenOf(session);
      const error = await errorOf(ask(session, http.get(api('things', { refuse: token, challenge }))));
      expect([error.status, await tokensSeen()]).toEqual([401, [token]]);
    },
  );

  test('repeats a 401 that names the token as the cause', async () => {
    const { session, http } = await start({}, features);
    const token = await tokenOf(session);
    const query = { refuse: token, challenge: 'DPoP algs="ES256", Bearer error="invalid_token"' };
    expect(await ask(session, http.get(api('things', query)))).toEqual({ ok: true });
  });

  test('learns nothing from the 401 of another place', async () => {
    const { session, http } = await start({}, features);
    const token = await tokenOf(session);
    const query = { refuse: token, redirect: 'elsewhere' };
    const error = await errorOf(ask(session, http.get(`${api('things', query)}#part`)));
    expect([error.status, (await seen()).map(({ path }) => path)]).toEqual([401, ['/things', '/elsewhere']]);
  });

  test('judges a 401 of an address with a fragment', async () => {
    const { session, http } = await start({}, features);
    const refuse = await tokenOf(session);
    expect(await ask(session, http.get(`${api('things', { refuse })}#part`))).toEqual({ ok: true });
  });

  test.each([
    ['JSON', () => ({ a: 'ä' }), 'application/json', '{"a":"ä"}'],
    ['a number', () => 7, 'application/json', '7'],
    ['text', () => 'text', 'text/plain', 'text'],
    ['parameters', () => new HttpParams({ fromObject: { a: '1' } }), 'application/x-www-form', 'a=1'],
    ['bytes', () => new TextEncoder().encode('bytes').buffer, 'none', 'bytes'],
    ['a blob', () => new Blob(['blob'], { type: 'text/css' }), 'text/css', 'blob'],
    ['a form', () => formOf({ a: '1' }), 'multipart/form-data', 'name="a"\r\n\r\n1\r\n'],
  ] satisfies [string, () => unknown, string, string][])('repeats what was sent: %s', async (...row) => {
    const [, make, type, text] = row;
    const { session, http } = await start({}, features);
    await ask(session, http.post(api('things', { refuse: await tokenOf(session) }), make()));
    const [first, second, ...more] = await seen();
    expect(more).toEqual([]);
    for (const { headers, body } of [first!, second!]) {
      expect(new TextDecoder().decode(Uint8Array.from(atob(body), (c) => c.charCodeAt(0)))).toContain(text);
      expect(headers['content-type'] ?? 'none').toContain(type);
    }
  });

  test('sends what was asked for, whatever is done with it meanwhile', async () => {
    const { session, http } = await start({}, features);
    const [body, form] = [{ amount: 1 }, formOf({ amount: '1' })];
    const both = [http.post(api('json'), body), http.post(api('form'), form)].map((request) =>
      ask(session, request),
    );
    body.amount = 2;
    form.set('amount', '2');
    await Promise.all(both);
    const sent = (await seen()).map((request) => atob(request.body));
    expect(sent.filter((text) => text.includes('2') && !text.includes('1'))).toEqual([]);
    expect(sent).toContain('{"amount":1}');
  });

  test('waits for a token, and sends nothing when it is unsubscribed meanwhile', async () => {
    const { session, http } = await start({}, features);
    await session.enter('refreshing');
    await session.advance(300_000);
    const { pendingTimers } = session.clock;
    const answered = vi.fn();
    const [first, second] = ['first', 'second'].map((path) => http.get(api(path)).subscribe(answered));
    first!.unsubscribe();
    await session.enter('authenticated');
    await vi.waitFor(() => expect(answered).toHaveBeenCalledTimes(1));
    expect((await seen()).map(({ path }) => path)).toEqual(['/second']);
    expect(second!.closed).toBe(true);

    await session.enter('refreshing');
    await session.advance(300_000);
    const third = http.get(api('third')).subscribe(answered);
    expect(session.clock.pendingTimers).toBeGreaterThan(pendingTimers);
    third.unsubscribe();
    expect(session.clock.pendingTimers).toBe(pendingTimers);
  });

  test('aborts a request that is under way', async () => {
    const { http } = await start({}, features);
    const subscription = http.get(api('things', { hang: '' })).subscribe();
    await vi.waitFor(async () => expect(await seen()).toHaveLength(1));
    subscription.unsubscribe();
    await vi.waitFor(async () => expect((await seen())[0]!.gaveUp).toBe(true));
  });

  test('fails with the refusal of the gate', async () => {
    const { session, http } = await start({}, features);
    await session.signOut();
    const error = await errorOf(ask(session, http.get(api('things'), { params: { q: 'x' } })));
    expect([error.status, error.statusText, error.url]).toEqual([0, 'signed_out', `${api('things')}&q=x`]);
    expect(isSessionError(error.error)).toBe(true);
    expect(await seen()).toEqual([]);
  });

  test('fails when the session ends while it waits', async () => {
    const { session, http } = await start({}, features);
    await session.enter('refreshing');
    await session.advance(300_000);
    const failed = errorOf(firstValueFrom(http.get(api('things'))));
    await session.signOut();
    const { status, error } = await failed;
    expect([status, (error as { code: string }).code]).toEqual([0, 'session_ended']);
  });

  test('lets requests to other origins pass', async () => {
    const { session, http } = await start({ tokenOrigins: ['https://api.example.com'] }, features);
    await session.signOut();
    expect(await ask(session, http.post(api('things'), { a: 1 }))).toEqual({ ok: true });
    expect(await tokensSeen()).toEqual([undefined]);
  });

  test('lets requests pass that bring an authorization of their own', async () => {
    const { session, http } = await start({}, features);
    await ask(session, http.get(api('things'), { headers: { authorization: 'Bearer mine' } }));
    expect(await tokensSeen()).toEqual(['mine']);
  });

  test.each([
    ['json', { ok: true }],
    ['text', '{"ok":true}'],
    ['blob', expect.any(Blob)],
    ['arraybuffer', expect.any(ArrayBuffer)],
  ] as const)('answers as %s', async (responseType, expected) => {
    const { session, http } = await start({}, features);
    const query = { refuse: await tokenOf(session) };
    const request = new HttpRequest('GET', api('things', query), { responseType });
    const response = await ask(session, http.request(request));
    expect((response as HttpResponse<unknown>).body).toEqual(expected);
  });

  test('tells of the progress of a download', async () => {
    const { session, http } = await start({}, features);
    const events = await ask(
      session,
      http.get(api('things'), { reportProgress: true, observe: 'events' }).pipe(toArray()),
    );
    const { Sent, ResponseHeader, DownloadProgress, Response } = HttpEventType;
    const types = [...new Set(events.map(({ type }) => type))];
    expect(types).toEqual([Sent, ResponseHeader, DownloadProgress, Response]);
  });

  test('has parameters and headers, once, and the absolute address that was checked', async () => {
    const { session, http } = await start({}, features);
    const relative = api('things').slice(location.origin.length);
    const response = await ask(
      session,
      http.get(relative, { params: { q: 'a b' }, headers: { 'x-own': '1' }, observe: 'response' }),
    );
    expect(response.url).toBe(`${api('things')}&q=a%20b`);
    expect((await seen())[0]!.headers['x-own']).toBe('1');
  });
});

test('tells of the progress of an upload', async () => {
  const { session, http } = await start();
  const token = await tokenOf(session);
  const events = await ask(
    session,
    http
      .post(api('things', { refuse: token }), new ArrayBuffer(300_000), {
        reportProgress: true,
        observe: 'events',
      })
      .pipe(toArray()),
  );
  expect(await tokensSeen()).toEqual([token, nextOf(token)]);
  const loaded = events.flatMap((event) =>
    event.type === HttpEventType.UploadProgress ? [event.loaded] : [],
  );
  expect(Math.max(...loaded)).toBe(300_000);
  expect(events.at(-1)).toBeInstanceOf(HttpResponse);
});

/** An app's own backend, and what it was given. */
const setUpOwn = async (tokenOrigins: string[]) => {
  const session = createFakeSession({ user: {}, tokenOrigins });
  await session.enter('authenticated');
  const given: HttpRequest<unknown>[] = [];
  const OWN = new InjectionToken<HttpBackend>('own', {
    factory: () => ({
      handle(request) {
        given.push(request);
        return of<HttpEvent<unknown>>(new HttpResponse({ status: 200, url: request.url }));
      },
    }),
  });
  let backend!: HttpBackend;
  const root = component('app-root', '', () => ({ backend: (backend = inject(HttpBackend)) }));
  const app = await startApp(root, document.body.appendChild(document.createElement('div')), [
    provideSession(session),
    provideHttpClient(),
    provideSessionBackend(OWN),
  ]);
  onTestFinished(() => {
    app.destroy();
    session.stop();
  });
  return { session, backend, given };
};

const TRIES = new HttpContextToken(() => 0);
const fullRequest = (): HttpRequest<unknown> =>
  new HttpRequest<unknown>('PUT', 'https://api.test/x', 'text', {
    context: new HttpContext().set(TRIES, 3),
    withCredentials: true,
    reportProgress: true,
    responseType: 'text',
    timeout: 1000,
    transferCache: false,
    keepalive: true,
  });

test('lets a backend of the app send, with all that the request says', async () => {
  const { session, backend, given } = await setUpOwn(['https://api.test']);
  const asked = fullRequest();
  await ask(session, backend.handle(asked));
  const { headers, context, ...sent } = given[0]!;
  expect(headers.get('Authorization')).toBe(`Bearer ${await tokenOf(session)}`);
  expect(asked.headers.has('Authorization')).toBe(false);
  expect([context.get(TRIES), sent.withCredentials, sent.reportProgress, sent.responseType]).toEqual([
    3,
    true,
    true,
    'text',
  ]);
  expect([sent.timeout, sent.transferCache, sent.keepalive, sent.body]).toEqual([1000, false, true, 'text']);
});

test('gives a request to another origin to it untouched', async () => {
  const { session, backend, given } = await setUpOwn(['https://other.test']);
  const asked = fullRequest();
  await ask(session, backend.handle(asked));
  expect(given[0]).toBe(asked);
});

test('says in a sentence what is wrong where Angular’s own backend comes later', async () => {
  const session = createFakeSession({ user: {} });
  const starting = startApp(component('app-root', ''), document.body, [
    provideSession(session),
    provideSessionBackend(),
    provideHttpClient(),
  ]);
  await expect(starting).rejects.toThrow('must come after `provideHttpClient(…)`');
});
