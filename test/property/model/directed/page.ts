import type { Acts } from '../acts.ts';
import type { Script } from './script.ts';

const restWhile = (name: string, meanwhile: (acts: Acts) => void): Script => ({
  finding: 'A6',
  name: `a page that comes back shows nobody before it has read the record: ${name}`,
  setting: { storage: false, lifeSeconds: 60 },
  async play({ acts, director, signIn, quiet }) {
    await signIn();
    director.hold(/record read/);
    acts.rest(() => meanwhile(acts), 2000);
    acts.request();
    await quiet();
    director.release();
    await quiet();
  },
});

export const pageScripts: readonly Script[] = [
  restWhile('nothing has happened', () => {}),
  restWhile('signed out elsewhere', (acts) => acts.signOutElsewhere()),
  restWhile('Bob has signed in', (acts) => acts.signInElsewhere('bob')),
];
