import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first. One that is not named comes after them, and loses nothing but time. */
const slow = [
  'property/invariants',
  'property/seededDefects',
  'browser-e2e/exampleApps',
  'browser-e2e/demoPage',
  'browser-e2e/tabsFrozen',
  'browser-e2e/tabsTogether',
  'browser-e2e/tabsClosed',
  'browser-e2e/redirect',
  'browser-e2e/tabs',
  'browser-e2e/tabsReturning',
  'package/story',
  'package/start',
  'browser-e2e/serverRendering',
  'browser-e2e/demoLooks',
  'browser-e2e/inspector',
  'browser-e2e/plainPages',
  'package/doctor',
  'browser-e2e/signOut',
  'browser-e2e/hotReload',
  'browser-e2e/comingBack',
  'keycloak/answers',
  'keycloak/signIn',
  'keycloak/compose',
  'keycloak/tabs',
  'keycloak/presence',
  'keycloak/expressExample',
  // Its lives are short and real: what runs beside it leaves the cores idle most of the time.
  'keycloak/story',
  'keycloak/misbehaving',
  'starters/sveltekit',
  'starters/angular',
  'starters/next',
].map((name) => `/test/${name}.test.ts`);

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = slow.findIndex((path) => moduleId.endsWith(path));
  return rank < 0 ? slow.length : rank;
};

/** A long file that begins late runs alone in the end, while the other cores have nothing left to do. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
