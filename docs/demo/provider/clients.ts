import type { ClientMetadata } from 'oidc-provider';

/** What an app needs to know about itself. */
export interface DemoClient {
  readonly clientId: string;
  readonly clientSecret?: string;
}

/** One client for each way to authenticate at the token endpoint. */
export const demoClients = {
  /** Public, as a page is. */
  demo: { clientId: 'demo' },
  /** Sends its secret in the form. */
  confidentialPost: { clientId: 'confidential-post', clientSecret: 'secret of confidential-post' },
  /** Sends its secret in the `Authorization` header. */
  confidentialBasic: { clientId: 'confidential-basic', clientSecret: 'secret of confidential-basic' },
} as const satisfies Record<string, DemoClient>;

const common = {
  grant_types: ['authorization_code', 'refresh_token', 'password'],
  response_types: ['code'],
  // Demanded by the schema; the redirect policy decides.
  redirect_uris: ['http://127.0.0.1/'],
} satisfies Partial<ClientMetadata>;

/** The clients as oidc-provider wants them. */
export function clientMetadata(): ClientMetadata[] {
  const { demo, confidentialPost, confidentialBasic } = demoClients;
  return [
    { ...common, client_id: demo.clientId, token_endpoint_auth_method: 'none' },
    { ...common, ...credentialsOf(confidentialPost), token_endpoint_auth_method: 'client_secret_post' },
    { ...common, ...credentialsOf(confidentialBasic), token_endpoint_auth_method: 'client_secret_basic' },
  ];
}

function credentialsOf({ clientId, clientSecret }: Required<DemoClient>) {
  return { client_id: clientId, client_secret: clientSecret };
}
