export { adoptStyle, createPanel } from './panel.ts';
export { sessionSource } from './sessionSource.ts';
