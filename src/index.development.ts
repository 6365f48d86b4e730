export * from './index.ts';
export { createSession } from './session/createSession.development.ts';
