/** What a page load ended with. */
interface Loaded {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser without a window: cookies, redirects and forms. */
export interface HttpBrowser {
  /** Cookies of a host, as scripts of every port of it would share them. */
  cookie(url: string, name: string): string | undefined;
  setCookie(url: string, name: string, value: string): void;
  /** One request, no redirect followed. */
  send(url: string, init?: RequestInit): Promise<Response>;
  /** As the address bar does it: redirects are followed, and `visited` told of each address. */
  open(url: string, init?: RequestInit): Promise<Loaded>;
  /** Fills in the first form of a page and sends it. */
  submit(page: Loaded, fields: Readonly<Record<string, string>>): Promise<Loaded>;
  readonly visited: readonly string[];
  /** Every `Set-Cookie` line that came. */
  readonly setCookieLines: readonly string[];
}

interface Kept {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

const attributesOf = (html: string, tag: string): Record<string, string>[] =>
  [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>`, 'gi'))].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)\s*=\s*"([^"]*)"/g)].map(([, name = '', value = '']) => [
        name.toLowerCase(),
        value.replaceAll('&amp;', '&'),
      ]),
    ),
  );

export function createHttpBrowser(): HttpBrowser {
  const jars = new Map<string, Kept[]>();
  const visited: string[] = [];
  const setCookieLines: string[] = [];

  const jarOf = (url: string): Kept[] => {
    const { hostname } = new URL(url);
    const jar = jars.get(hostname) ?? [];
    jars.set(hostname, jar);
    return jar;
  };

  const keep = (url: string, { path, name, value }: Kept, isGone = false): void => {
    const jar = jarOf(url);
    const at = jar.findIndex((kept) => kept.name === name && kept.path === path);
    if (at >= 0) jar.splice(at, 1);
    if (!isGone) jar.push({ path, name, value });
  };

  const read = (url: string, line: string): void => {
    setCookieLines.push(line);
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const attribute = (wanted: string): string | undefined =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const isGone = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') < Date.now();
    keep(url, { path: attribute('path') ?? '/', name, value }, isGone);
  };

  const cookiesFor = (url: string): string =>
    jarOf(url)
      .filter(({ path }) => new URL(url).pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');

  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    const cookies = cookiesFor(url);
    if (cookies) headers.set('Cookie', cookies);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) read(url, line);
    return response;
  };

  const open = async (url: string, init: RequestInit = {}): Promise<Loaded> => {
    visited.push(url);
    const headers = new Headers(init.headers);
    headers.set('Accept', 'text/html,*/*;q=0.8');
    const response = await send(url, { ...init, headers });
    const location = response.headers.get('Location');
    const text = await response.text();
    if (location === null) return { url, status: response.status, headers: response.headers, text };
    if (visited.length > 100) throw new Error(`Redirected without end: ${url}`);
    return open(new URL(location, url).href);
  };

  return {
    cookie: (url, name) => jarOf(url).find((kept) => kept.name === name)?.value,
    setCookie: (url, name, value) => keep(url, { path: '/', name, value }),
    send,
    open,
    submit(page, fields) {
      const [form] = attributesOf(page.text, 'form');
      if (!form) throw new Error(`No form at ${page.url}`);
      const hidden = attributesOf(page.text, 'input')
        .filter(({ type }) => type === 'hidden')
        .map(({ name = '', value = '' }) => [name, value]);
      return open(new URL(form['action'] ?? '', page.url).href, {
        method: form['method']?.toUpperCase() ?? 'GET',
        headers: { Origin: new URL(page.url).origin },
        body: new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }),
      });
    },
    visited,
    setCookieLines,
  };
}
