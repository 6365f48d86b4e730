export { connectRouter } from './kit/connectRouter.ts';
export { type GuardedEvent, sessionGuard } from './kit/sessionGuard.ts';
export type { KitRouter } from './kit/kitRouter.ts';
export type { LeaveOptions } from '../router/connectRoutes.ts';
