import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGroup } from './server/childGroup.mjs';
import { distributionOf } from './server/distribution.mjs';

/** What the container would be given. */
interface Container {
  /** In place of the image. */
  readonly version: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** What is mounted into the folder of imports. */
  readonly realmFiles: readonly string[];
  /** Where it is published, on loopback. */
  readonly port: number;
}

/** Keycloak as a container would run it, without one. */
export interface ComposeKeycloak {
  /** In place of `/opt/keycloak`. */
  readonly home: string;
  /** Settles when this address answers 200. */
  untilServed(url: string): Promise<void>;
  stop(): Promise<void>;
}

const statusOf = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );

export function startComposeKeycloak(container: Container): ComposeKeycloak {
  const folder = mkdtempSync(join(tmpdir(), 'token-vigil-compose-'));
  const home = join(folder, 'keycloak');
  // A copy: it is built anew for the other database, and the realms lie beside the programs.
  cpSync(distributionOf(container.version), home, { recursive: true });
  const imports = join(home, 'data', 'import');
  mkdirSync(imports, { recursive: true });
  for (const file of container.realmFiles) copyFileSync(file, join(imports, basename(file)));

  const published = [`--http-port=${container.port}`, '--http-host=127.0.0.1'];
  const { PATH, JAVA_HOME } = process.env;
  const group = startGroup(join(home, 'bin', 'kc.sh'), [...container.command, ...published], {
    PATH,
    ...(JAVA_HOME && { JAVA_HOME }),
    // Java's own matter: it lives for a minute only.
    JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
    ...container.environment,
  });

  return {
    home,
    async untilServed(url) {
      while ((await statusOf(url)) !== 200) {
        if (!group.isRunning()) throw new Error(`Keycloak ended before it was ready:\n${group.output()}`);
        await delay(250);
      }
    },
    async stop() {
      await group.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
