/**
 * Where the tests find a Chromium. Plain JavaScript, because `test/run.mjs` asks before anything is compiled;
 * `chromium.ts` is the same for TypeScript.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const windowsFolders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];

/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const usualPlaces = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: ['', homedir()].flatMap((root) => [
    `${root}/Applications/Chromium.app/Contents/MacOS/Chromium`,
    `${root}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
  ]),
  win32: windowsFolders.flatMap((folder) =>
    folder === undefined
      ? []
      : [
          join(folder, 'Chromium', 'Application', 'chrome.exe'),
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ],
  ),
};

/**
 * The executable named by `CHROMIUM_PATH`, else the first one in the usual places.
 *
 * @returns {string | undefined} Nothing when no Chromium is installed.
 */
export function findChromium() {
  return (
    process.env.CHROMIUM_PATH || (usualPlaces[process.platform] ?? []).find((place) => existsSync(place))
  );
}

/**
 * What is turned off. Of several such switches Chromium obeys the last one, so that all of what Playwright turns off is
 * repeated; `test/browser-e2e/chromiumArgs.test.ts` notices what is missing.
 */
const disabledFeatures = [
  // Two pages for the suggestions below the address bar, which nobody sees: loaded with each window, they cost twice as
  // much as all else of a visit to a page with one heading.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // Playwright's.
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'msForceBrowserSignIn',
];

/** Arguments for a Chromium that talks to nobody but the tests. */
export const chromiumArgs = [
  `--disable-features=${disabledFeatures.join(',')}`,
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium's sandbox refuses to start for root, which is what containers run as.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
