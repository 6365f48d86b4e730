import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** What the check reads of a service. */
export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
}

export const composePath = fileURLToPath(new URL('../../docs/keycloak/docker-compose.yml', import.meta.url));

/** `${NAME:-default}` and `$$`, as compose reads them with nothing in the environment. */
const interpolate = (text: string): string =>
  text.replaceAll(/\$\$|\$\{\w+:-([^}]*)\}/g, (found, byDefault: string) =>
    found === '$$' ? '$' : byDefault,
  );

/** The services of `docs/keycloak/docker-compose.yml`. */
export const readComposeFile = (): Readonly<Record<'keycloak' | 'postgres', ComposeService>> => {
  const parsed = parse(interpolate(readFileSync(composePath, 'utf8'))) as {
    services: Record<'keycloak' | 'postgres', ComposeService>;
  };
  return parsed.services;
};
