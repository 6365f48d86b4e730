import type { Script } from './script.ts';

export const pageScripts: readonly Script[] = [];
