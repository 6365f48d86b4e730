import type { Script } from './script.ts';

export const signInScripts: readonly Script[] = [];
