import type { Script } from './script.ts';

export const gateScripts: readonly Script[] = [];
