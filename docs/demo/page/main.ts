import { showAccount } from './account.ts';
import { watchBackend } from './backendWatch.ts';
import { showChart } from './chart.ts';
import { createDemoSession, type DemoSession } from './demoSession.ts';
import { journalFacts } from './facts.ts';
import { offerInspector } from './inspector.ts';
import { showIdleWarning } from './idleWarning.ts';
import { showNaive } from './naive.ts';
import { showPresence } from './presence.ts';
import { showProof } from './proof.ts';
import { showReadings } from './readings.ts';
import { offerRequests } from './requests.ts';
import { loadSettings } from './settings.ts';
import { showSteps } from './steps.ts';
import { watchSteps } from './stepWatch.ts';
import { showTokens } from './tokens.ts';
import { offerTrouble, showTrouble } from './trouble.ts';
import type { PageSettings } from '../pageSettings.ts';

function show(demo: DemoSession, settings: PageSettings): void {
  const { session } = demo;
  showAccount(session, settings);
  offerInspector(session);
  showChart(session);
  showReadings(session);
  showTokens(session, settings);
  showPresence(session, settings);
  showIdleWarning(session);
  journalFacts(session);
  const [naive, steps] = [showNaive(session), showSteps()];
  watchSteps(session, steps, settings);
  const { apiOrigin } = settings;
  offerRequests(demo, { apiOrigin, burst: settings.burst, naive, onTellingBurst: () => steps.done('burst') });
  offerTrouble(settings);
  watchBackend((report) => (showProof(report), showTrouble(report)));
}

const settings = await loadSettings();
const demo = createDemoSession(settings);
// In the hidden frame of a silent sign-in nobody looks at the page.
if (window.parent === window) show(demo, settings);
void demo.session.start();
