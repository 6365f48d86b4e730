import { describe, expect, it } from 'vitest';
import { CliError } from '../../../../src/cli/cliError.ts';
import { readPaste } from '../../../../src/cli/paste/readPaste.ts';
import { cli } from '../doctor/stage.ts';

const TOKEN = 'https://id.example/realms/app/protocol/openid-connect/token';
const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const;
const text = (value: unknown) => JSON.stringify(value, undefined, 2);

const entry = (request: object, status: number, body = '', mimeType = 'application/json') => ({
  request: { method: 'GET', headers: [], ...request },
  response: { status, headers: [{ name: 'server', value: 'x' }], content: { mimeType, text: body } },
});
const har = (...entries: object[]) => text({ log: { version: '1.2', creator: { name: 'x' }, entries } });

describe('A HAR file', () => {
  const asset = entry({ url: 'https://app.example/a.js' }, 200, '', 'application/javascript');
  const token = entry(
    {
      method: 'POST',
      url: TOKEN,
      headers: [
        { name: ':method', value: 'POST' },
        { name: 'Content-Type', value: FORM[1] },
        { name: 'Cookie', value: 'a=b' },
      ],
      postData: { mimeType: FORM[1], text: 'grant_type=refresh_token&client_id=web' },
    },
    400,
    Buffer.from('{"error":"invalid_grant"}').toString('base64'),
  );
  const { response } = token;
  const encoded = {
    ...token,
    response: { ...response, content: { ...response.content, encoding: 'base64' } },
  };

  it('is read with its answers, what a page is made of left out', () => {
    expect(readPaste(har(asset, encoded))).toEqual([
      {
        request: {
          method: 'POST',
          url: TOKEN,
          headers: [FORM, ['Cookie', 'a=b']],
          body: { kind: 'raw', text: 'grant_type=refresh_token&client_id=web' },
        },
        answer: { status: 400, headers: [['server', 'x']], text: '{"error":"invalid_grant"}' },
      },
    ]);
  });

  it('may hold the fields alone, in parts too', () => {
    const params = [{ name: 'a', value: 'b c' }];
    const bodyOf = (mimeType: string) =>
      readPaste(har(entry({ method: 'POST', url: TOKEN, postData: { mimeType, params } }, 0)))[0];
    expect(bodyOf(FORM[1])).toMatchObject({
      request: { body: { kind: 'raw', text: 'a=b+c' } },
      answer: undefined,
    });
    expect(bodyOf('multipart/form-data')?.request?.body).toEqual({
      kind: 'multipart',
      parts: [['a', 'b c']],
    });
  });

  it('may have been stripped of who it is of', () => {
    expect(readPaste(har(entry({ url: 'https://api.example/me' }, 401)))[0]?.request?.isSketch).toBe(true);
    expect(
      readPaste(har(encoded, entry({ url: 'https://api.example/me' }, 401)))[1]?.request?.isSketch,
    ).toBeUndefined();
  });

  it('of which nothing can be read is refused', () => {
    expect(() => readPaste(har(entry({ url: 'chrome-extension://x' }, 200)))).toThrow(CliError);
    expect(() => readPaste(har())).toThrow('There is no request in the file');
  });

  it('may be large', async () => {
    const many = Array.from({ length: 3000 }, () =>
      entry({ url: 'https://app.example/x' }, 200, 'x'.repeat(500)),
    );
    const { out, status } = await cli(['doctor', 'a.har', '--offline'], {
      files: { 'a.har': har(...many, encoded) },
    });
    expect(out).toContain('Number 3001 is examined');
    expect(status).toBe(1);
  });
});

const collection = (...item: object[]) => ({
  info: { name: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
  variable: [
    { key: 'host', value: 'https://id.example' },
    { key: 'base', value: '{{host}}/realms/app' },
    { key: 'id', value: 'web' },
  ],
  item: [{ name: 'folder', item }],
});
const postmanToken = {
  name: 'Refresh',
  request: {
    method: 'POST',
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: '{{id}}' },
        { key: 'password', value: 's' },
      ],
    },
    header: [{ key: 'X-A', value: '1', disabled: true }],
    url: { raw: '{{base}}/protocol/openid-connect/token', host: ['{{base}}'] },
    body: {
      mode: 'urlencoded',
      urlencoded: [
        { key: 'grant_type', value: 'refresh_token' },
        { key: 'refresh_token', value: '{{refresh}}' },
        { key: 'scope', value: 'x', disabled: true },
      ],
    },
  },
  response: [
    { name: 'saved', code: 401, header: [{ key: 'A', value: 'b' }], body: '{"error":"invalid_client"}' },
  ],
};

describe('A collection of Postman', () => {
  it('is read with its variables, its authorization and its saved answers', () => {
    expect(readPaste(text(collection(postmanToken)))).toEqual([
      {
        tool: 'postman',
        label: 'Refresh',
        request: {
          method: 'POST',
          url: TOKEN,
          headers: [['Authorization', `Basic ${Buffer.from('web:s').toString('base64')}`], FORM],
          body: { kind: 'raw', text: 'grant_type=refresh_token&refresh_token=%7B%7Brefresh%7D%7D' },
          filledIn: ['{{refresh}}'],
        },
        answer: { status: 401, headers: [['A', 'b']], text: '{"error":"invalid_client"}' },
      },
    ]);
  });

  it('takes the values of an environment below it', () => {
    const environment = {
      name: 'local',
      values: [
        { key: 'refresh', value: 'abc', enabled: true },
        { key: 'id', value: 'other' },
      ],
    };
    const [exchange] = readPaste(`${text(collection(postmanToken))}\n${text(environment)}`);
    expect(exchange?.request?.body).toMatchObject({ text: 'grant_type=refresh_token&refresh_token=abc' });
    expect(exchange?.request?.headers[0]?.[1]).toBe(`Basic ${Buffer.from('other:s').toString('base64')}`);
    expect(exchange?.request?.filledIn).toBeUndefined();
    expect(() => readPaste(text(environment))).toThrow(/put the exported collection/);
  });

  it('passes its authorization on, and knows other bodies', () => {
    const json = {
      name: 'a',
      request: {
        method: 'POST',
        url: 'https://api.example/a',
        body: { mode: 'raw', raw: '{}', options: { raw: { language: 'json' } } },
      },
    };
    const parts = {
      name: 'b',
      request: {
        method: 'POST',
        url: 'https://api.example/b',
        auth: { type: 'noauth' },
        body: { mode: 'formdata', formdata: [{ key: 'a', value: 'b' }] },
      },
    };
    expect(
      readPaste(text(collection(json, parts, { name: 'c', request: 'https://api.example/c' }))).map(
        ({ request }) => request,
      ),
    ).toMatchObject([
      {
        headers: [
          ['Authorization', 'Bearer {{token}}'],
          ['Content-Type', 'application/json'],
        ],
        filledIn: ['{{token}}'],
      },
      {
        headers: [['Content-Type', 'multipart/form-data']],
        body: { kind: 'multipart', parts: [['a', 'b']] },
      },
      { method: 'GET', url: 'https://api.example/c' },
    ]);
  });
});

describe('An export of Insomnia', () => {
  it('is read with its environments', () => {
    const resources = [
      { _type: 'workspace', name: 'x' },
      { _type: 'environment', data: { base: 'https://id.example', app: { id: 'we"b' } } },
      {
        _type: 'request',
        name: 'Refresh',
        method: 'POST',
        url: '{{ _.base }}/token',
        headers: [
          { name: 'Content-Type', value: FORM[1] },
          { name: 'X', value: 'y', disabled: true },
        ],
        parameters: [{ name: 'q', value: '1' }],
        body: {
          mimeType: FORM[1],
          params: [
            { name: 'client_id', value: '{{ _.app.id }}' },
            { name: 'x', value: '{{ _.none }}' },
          ],
        },
        authentication: { type: 'basic', username: 'me', password: 'p' },
      },
    ];
    expect(readPaste(text({ _type: 'export', __export_format: 4, resources }))).toEqual([
      {
        tool: 'insomnia',
        label: 'Refresh',
        answer: undefined,
        request: {
          method: 'POST',
          url: 'https://id.example/token?q=1',
          headers: [FORM, ['Authorization', `Basic ${Buffer.from('me:p').toString('base64')}`]],
          body: { kind: 'raw', text: 'client_id=we%22b&x=%7B%7B+_.none+%7D%7D' },
          filledIn: ['{{ _.none }}'],
        },
      },
    ]);
  });
});

describe('Other documents', () => {
  it.each([
    [{ id: 'x', name: 'old', order: [], requests: [] }, /old form: export it as v2.1/],
    [{ openapi: '3.1.0', paths: {} }, /describes an API/],
  ])('are named: %#', (document, message) => {
    expect(() => readPaste(text(document))).toThrow(message);
  });

  it('are answers otherwise', () => {
    expect(readPaste(text({ error: 'invalid_grant' }))[0]?.answer?.status).toBeUndefined();
    expect(readPaste(text({ error: 'invalid_grant' }))[0]?.request).toBeUndefined();
  });
});

describe('An export of Insomnia 5', () => {
  const exported = `type: collection.insomnia.rest/5.0
name: x
meta:
  id: wrk_1
collection:
  - name: Folder
    meta:
      id: fld_1
    children:
      - url: "{{ _.base }}/token"
        name: Refresh
        meta:
          id: req_1
          isPrivate: false
        method: POST
        body:
          mimeType: application/x-www-form-urlencoded
          params:
            - name: client_id
              value: "{{ _.app.id }}"
            - id: pair_1
              name: off
              value: it's off
              disabled: true
        headers:
          - name: Content-Type
            value: application/x-www-form-urlencoded
        authentication:
          type: basic
          username: me
          password: 'p''s'
  - url: https://id.example/token
    name: JSON
    method: POST
    body:
      mimeType: application/json
      text: |-
        {
          "grant_type": "password"
        }
cookieJar:
  name: Default
environments:
  name: Base
  data:
    base: https://nowhere.example
    app:
      id: web
  subEnvironments:
    - name: dev
      data:
        base: https://id.example
`;

  it('is read with its folders and environments', () => {
    expect(readPaste(exported)).toEqual([
      {
        tool: 'insomnia',
        label: 'Refresh',
        answer: undefined,
        request: {
          method: 'POST',
          url: 'https://id.example/token',
          headers: [FORM, ['Authorization', `Basic ${Buffer.from("me:p's").toString('base64')}`]],
          body: { kind: 'raw', text: 'client_id=web' },
        },
      },
      {
        tool: 'insomnia',
        label: 'JSON',
        answer: undefined,
        request: {
          method: 'POST',
          url: 'https://id.example/token',
          headers: [['Content-Type', 'application/json']],
          body: { kind: 'raw', text: '{\n  "grant_type": "password"\n}' },
        },
      },
    ]);
  });
});

describe('A request of Bruno', () => {
  const bru = (mode: string, auth: string): string => `meta {
  name: token
  type: http
}

post {
  url: {{base}}/token
  body: ${mode}
  auth: ${auth}
}

headers {
  X-One: 1
  ~X-Off: 1
}

auth:basic {
  username: web
  password: {{secret}}
}

body:json {
  {
    "grant_type": "password"
  }
}

body:form-urlencoded {
  grant_type: password
  ~scope: openid
}

vars:pre-request {
  base: https://id.example
}
`;

  it('sends the body and the header that it says, and is followed by its answer', () => {
    const [exchange] = readPaste(`${bru('formUrlEncoded', 'basic')}\n{"error":"invalid_client"}`);
    expect(exchange).toMatchObject({
      request: {
        method: 'POST',
        url: 'https://id.example/token',
        headers: [
          ['X-One', '1'],
          ['Authorization', `Basic ${Buffer.from('web:{{secret}}').toString('base64')}`],
          FORM,
        ],
        body: { kind: 'raw', text: 'grant_type=password' },
        filledIn: ['{{secret}}'],
      },
      answer: { text: '{"error":"invalid_client"}' },
    });
  });

  it('is JSON where it says so, and a sketch where a folder adds to it', () => {
    const [exchange] = readPaste(bru('json', 'inherit'));
    expect(exchange?.request).toMatchObject({
      headers: [
        ['X-One', '1'],
        ['Content-Type', 'application/json'],
      ],
      body: { kind: 'raw', text: '{\n    "grant_type": "password"\n  }' },
      isSketch: true,
    });
  });
});
