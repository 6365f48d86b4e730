import type { Script } from './script.ts';

export const renewalScripts: readonly Script[] = [];
