import {
  type HttpBackend,
  HttpErrorResponse,
  type HttpEvent,
  HttpParams,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import { catchError, from, Observable, switchMap, tap, throwError } from 'rxjs';
import { takeBody } from '../gate/bodies.ts';
import { type Admitted, type ApiAnswer, isSessionError, type Session } from '../index.ts';

type Answers = Observable<HttpEvent<unknown>>;

/** The request as it is now: one that waits, or is repeated, sends what it was made with. */
const taken = (request: HttpRequest<unknown>): HttpRequest<unknown> => {
  const body = request.serializeBody();
  if (body === null) return request;
  const type = request.headers.get('Content-Type') ?? request.detectContentTypeHeader();
  const headers = type === null ? request.headers : request.headers.set('Content-Type', type);
  return request.clone({ body: takeBody(body as BodyInit), headers });
};

const fieldsOf = ({ headers }: HttpRequest<unknown>): Record<string, string> =>
  Object.fromEntries(headers.keys().map((name) => [name, headers.getAll(name)!.join(',')]));

/** Addresses never show whether the other has a fragment, which is not sent. */
const isElsewhere = (answeredBy: string, sentTo: string): boolean => {
  const [at, to] = [new URL(answeredBy), new URL(sentTo)];
  [at.hash, to.hash] = ['', ''];
  return at.href !== to.href;
};

/** An XMLHttpRequest says where it ended only. */
const answerOf = (
  { status, headers, redirected, url }: HttpResponse<unknown> | HttpErrorResponse,
  sentTo: string,
): ApiAnswer => ({ status, headers, redirected: redirected ?? (url !== null && isElsewhere(url, sentTo)) });

/** Angular's shape for a request that was not answered. */
const refusal = (error: unknown, { urlWithParams: url }: HttpRequest<unknown>): HttpErrorResponse => {
  const statusText = isSessionError(error) ? error.code : 'Unknown Error';
  return new HttpErrorResponse({ error, status: 0, statusText, url });
};

/** A backend that sends by another one what the session's gate admits, with a token where one goes. */
export const createSessionBackend = (
  session: Pick<Session<unknown>, 'admit'>,
  inner: HttpBackend,
): HttpBackend => {
  const send = (asked: HttpRequest<unknown>, request: HttpRequest<unknown>, signal: AbortSignal): Answers => {
    const fail = (error: unknown): Observable<never> => throwError(() => refusal(error, asked));

    const deliver = (admitted: Admitted): Answers => {
      const { url, headers } = admitted;
      if (Object.keys(headers).length === 0) return inner.handle(asked);
      const withToken = request.clone({ url, params: new HttpParams(), setHeaders: headers });
      return inner.handle(withToken).pipe(
        tap((event) => {
          if (event instanceof HttpResponse) void admitted.answered(answerOf(event, url));
        }),
        catchError((error: unknown) =>
          error instanceof HttpErrorResponse ? judge(admitted, error) : throwError(() => error),
        ),
      );
    };

    const judge = (admitted: Admitted, error: HttpErrorResponse): Answers =>
      from(admitted.answered(answerOf(error, admitted.url))).pipe(
        catchError(fail),
        switchMap((next) => (next ? deliver(next) : throwError(() => error))),
      );

    const { urlWithParams: url, method } = request;
    return from(session.admit({ url, method, headers: fieldsOf(request), signal })).pipe(
      catchError(fail),
      switchMap(deliver),
    );
  };

  return {
    handle: (asked) =>
      new Observable((observer) => {
        const abort = new AbortController();
        observer.add(() => abort.abort());
        return send(asked, taken(asked), abort.signal).subscribe(observer);
      }),
  };
};
