import { API, APP, LOOKALIKES, OTHER_API } from './addresses.ts';

/** How a call of the app is written. */
export interface CallSpec {
  readonly address: 'api' | 'other api' | 'self' | 'relative' | 'lookalike';
  readonly headers: 'record' | 'pairs' | 'Headers' | 'Request' | 'own authorization';
  readonly body: 'none' | 'text' | 'form' | 'bytes';
  /** The caller goes on using what it has handed over. */
  readonly changes: boolean;
  readonly signal: boolean;
}

export const plainCall: CallSpec = {
  address: 'api',
  headers: 'record',
  body: 'none',
  changes: false,
  signal: false,
};

/** One call of the app, with what is known of its way. */
export interface Call {
  readonly id: string;
  readonly spec: CallSpec;
  /** Whether a token may and must go on it. */
  readonly isGated: boolean;
  readonly aborter: AbortController;
  /** How often it was handed to the network. */
  readonly handed: number;
  isSettled: boolean;
  /** It is at the network with the token of this user. */
  sentAs(sub: string): void;
  handedOver(request: Request, hasBearer: boolean): void;
}

const addressOf = ({ address }: CallSpec, id: number): string =>
  ({
    api: `${API}/items`,
    'other api': `${OTHER_API}/items`,
    self: `${APP}/items`,
    relative: '/items',
    lookalike: LOOKALIKES[id % LOOKALIKES.length]!,
  })[address];

/** Conditional requests have a name of thirteen letters in them, as `authorization` has. */
const fieldsOf = (id: string, isOwn: boolean): Record<string, string> => ({
  'x-call': id,
  'If-None-Match': '"first"',
  ...(isOwn && { Authorization: 'Basic first' }),
});

type Change = () => void;
const nothing: Change = () => {};

const headersOf = ({ headers }: CallSpec, id: string): { given: HeadersInit; change: Change } => {
  const fields = fieldsOf(id, headers === 'own authorization');
  if (headers === 'pairs') {
    const given = Object.entries(fields).map(([name, value]): [string, string] => [name, value]);
    return { given, change: () => void (given[1]![1] = '"second"') };
  }
  if (headers === 'Headers') {
    const given = new Headers(fields);
    return { given, change: () => given.set('If-None-Match', '"second"') };
  }
  return { given: fields, change: () => void (fields['If-None-Match'] = '"second"') };
};

const bodyOf = ({ body }: CallSpec): { given: BodyInit | undefined; change: Change } => {
  if (body === 'form') {
    const given = new URLSearchParams({ say: 'first' });
    return { given, change: () => given.set('say', 'second') };
  }
  if (body === 'bytes') {
    const given = new TextEncoder().encode('first');
    return { given, change: () => given.set(new TextEncoder().encode('other')) };
  }
  return { given: body === 'text' ? 'first' : undefined, change: nothing };
};

const TYPES: Readonly<Record<CallSpec['body'], string | null>> = {
  none: null,
  bytes: null,
  text: 'text/plain;charset=UTF-8',
  form: 'application/x-www-form-urlencoded;charset=UTF-8',
};

/** What a call is made of, and how it is watched. */
export interface CallParts {
  readonly id: number;
  readonly spec: CallSpec;
  readonly base: string;
  readonly origins: ReadonlySet<string>;
  /** Who is signed in when it begins. */
  readonly sub: string | undefined;
  violate(what: string): void;
  /** Looks that take longer than a turn; whoever ends the run waits for them. */
  later(check: Promise<void>): void;
}

/** A call as the app writes it, and the watch on it. */
export const createCall = ({ id, spec, base, origins, sub, violate, later }: CallParts) => {
  const name = String(id);
  const address = addressOf(spec, id);
  const url = new URL(address, base);
  const headers = headersOf(spec, name);
  const body = bodyOf(spec);
  const isOwn = spec.headers === 'own authorization';
  const isGated = origins.has(url.origin) && !isOwn;
  const aborter = new AbortController();
  const { signal } = aborter;
  let user = sub || undefined;
  let handed = 0;

  const checkHeaders = (request: Request): void => {
    if (request.headers.get('if-none-match') !== '"first"') violate('7: a header was changed on the way');
    if (isOwn && request.headers.get('authorization') !== 'Basic first')
      violate('7: an authorization of the caller was changed');
    if (request.headers.get('content-type') !== TYPES[spec.body])
      violate('7: the type of a body was changed');
  };

  const checkBody = async (request: Request): Promise<void> => {
    const text = await request.clone().text();
    const expected = spec.body === 'form' ? 'say=first' : 'first';
    if (spec.body !== 'none' && text !== expected) violate(`7: a body was changed on the way: ${text}`);
  };

  const call: Call = {
    id: name,
    spec,
    isGated,
    aborter,
    isSettled: false,
    get handed() {
      return handed;
    },
    /** Invariant 6: whoever was signed in when a call began is whose token may go on it, and on its repeat. */
    sentAs(as) {
      user ??= as;
      if (user !== as) violate(`6: a call of ${user} was sent as ${as}`);
    },
    handedOver(request, hasBearer) {
      handed++;
      if (request.url !== url.href) violate(`7: a call to ${url.href} was sent to ${request.url}`);
      if (isGated && !hasBearer) violate('7: a call went out without its token');
      checkHeaders(request);
      if (spec.body !== 'none') later(checkBody(request));
    },
  };

  const init: RequestInit = {
    method: body.given === undefined ? 'GET' : 'POST',
    headers: headers.given,
    ...(body.given !== undefined && { body: body.given }),
    ...(spec.signal && { signal }),
  };
  const isRequest = spec.headers === 'Request' && spec.address !== 'relative';
  return {
    call,
    args: (isRequest ? [new Request(address, init)] : [address, init]) as [RequestInfo, RequestInit?],
    /** The caller uses its objects for the next call. */
    change(): void {
      headers.change();
      body.change();
    },
  };
};
