import type { Script } from './script.ts';

export const userScripts: readonly Script[] = [];
