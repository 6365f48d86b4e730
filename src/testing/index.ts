export {
  createFakeSession,
  type FakeSession,
  type FakeSessionOptions,
  type FakeState,
} from './fakeSession.ts';
export { createVirtualClock, drainMicrotasks, type VirtualClock } from './virtualClock.ts';
