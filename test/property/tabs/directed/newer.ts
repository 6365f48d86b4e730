import { CHANNEL, contentOf, type Disk } from '../subject.ts';
import type { TabScript } from './play.ts';

/** A newer release takes the record over; returns what puts it back as it was. */
const takeOver = (disk: Disk): (() => void) => {
  const before = disk.content;
  disk.content = { ...contentOf(disk), version: 2, who: { of: 'a later format' } };
  return () => void (disk.content = before);
};

/** Tabs from before a deployment that has changed what tabs share. */
export const newerScripts: readonly TabScript[] = [
  {
    name: 'tabs whose record a newer release keeps spend nothing, and are signed out once their tokens have expired',
    async play({ run, acts, pass, expect }) {
      const giveBack = takeOver(run.disk);
      const taken = structuredClone(run.disk.content);
      const { refreshes } = run.provider.counts;
      for (const number of run.tabs.keys()) acts.renew(number);
      run.channels.postForeign(CHANNEL, { version: 2, type: 'changed' });
      await pass(1000);
      const canRequest = run.tabs.map(({ session }) => session.canRequest).join();
      expect(canRequest === 'true,true', `K: whether the tabs have tokens that live: ${canRequest}`);
      for (let seconds = 0; seconds < 60; seconds++) await pass(1000);
      const states = run.tabs.map(({ session }) => session.status).join();
      expect(states === 'signedOut,signedOut', `T: without tokens the tabs are ${states}`);
      expect(run.provider.counts.refreshes === refreshes, '2: tokens that others share were spent');
      const isKept = JSON.stringify(run.disk.content) === JSON.stringify(taken);
      expect(isKept, '9: what a newer release keeps was changed');
      for (const { life } of run.tabs) {
        const warnings = run.log.filter(
          (line) => line.startsWith(`  ${life.id} warns: `) && line.includes('unavailable'),
        );
        expect(warnings.join() === `  ${life.id} warns: tabs_unavailable`, `W: warnings: ${warnings.join()}`);
      }
      giveBack();
      for (let reloads = 0; reloads < 2; reloads++) acts.reload(0);
    },
  },
  {
    name: 'a new tab that meets a newer release in record, storage and messages says so once, and keeps all of it',
    setting: { tabs: 1, storage: 'shared' },
    async play({ run, acts, pass, expect }) {
      const giveBack = takeOver(run.disk);
      const taken = structuredClone(run.disk.content);
      const [[key, entry]] = [...run.entries] as [[string, string]];
      const newer = JSON.stringify({ ...(JSON.parse(entry) as object), version: 2 });
      run.entries.set(key, newer);
      const { refreshes } = run.provider.counts;
      acts.reload(0);
      run.channels.postForeign(CHANNEL, { version: 2, type: 'changed' });
      for (let seconds = 0; seconds < 5; seconds++) await pass(1000);
      const [tab] = run.tabs;
      expect(tab!.session.status === 'signedOut', `T: the new tab is ${tab!.session.status}`);
      expect(run.provider.counts.refreshes === refreshes, '2: tokens that others share were spent');
      const isKept = JSON.stringify(run.disk.content) === JSON.stringify(taken);
      expect(isKept && run.entries.get(key) === newer, '9: what a newer release keeps was changed');
      const warnings = run.log.filter((line) => line.startsWith(`  ${tab!.life.id} warns: `));
      expect(warnings.join() === `  ${tab!.life.id} warns: tabs_unavailable`, `W: ${warnings.join()}`);
      run.entries.set(key, entry);
      giveBack();
      acts.reload(0);
    },
  },
  {
    name: 'a tab that finds a record of a newer release leaves its refresh token alone, though it has heard of nobody',
    setting: { tabs: 1 },
    async play({ run, acts, pass, expect }) {
      const giveBack = takeOver(run.disk);
      const { refreshes } = run.provider.counts;
      acts.renew(0);
      await pass(1000);
      expect(run.provider.counts.refreshes === refreshes, '2: tokens that others share were spent');
      giveBack();
      acts.reload(0);
    },
  },
  {
    name: 'a tab whose first look at a record of a newer release is a note of its own leaves it as it is',
    setting: { tabs: 1, idle: { after: 15_000 } },
    async play({ run, acts, pass, expect }) {
      await pass(6000);
      const giveBack = takeOver(run.disk);
      const taken = structuredClone(run.disk.content);
      acts.activate(0);
      await pass(1000);
      const isKept = JSON.stringify(run.disk.content) === JSON.stringify(taken);
      expect(isKept, '9: what a newer release keeps was changed');
      giveBack();
      acts.reload(0);
    },
  },
  {
    name: 'a tab that hears of a newer release, and whose record fails, leaves the refresh token alone',
    setting: { tabs: 1 },
    async play({ run, acts, pass, expect }) {
      const { refreshes } = run.provider.counts;
      run.channels.postForeign(CHANNEL, { version: 2, type: 'changed' });
      acts.breakRecord(0, 'refuses');
      acts.renew(0);
      await pass(1000);
      expect(run.provider.counts.refreshes === refreshes, '2: tokens that others share were spent');
    },
  },
];
