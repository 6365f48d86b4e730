import type { Script } from './script.ts';

export const recordScripts: readonly Script[] = [];
