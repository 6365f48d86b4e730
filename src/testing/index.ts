export {
  createFakeSession,
  type FakeSession,
  type FakeSessionOptions,
  type FakeState,
} from './fakeSession.ts';
export { createFakeTabs, type FakeTabs } from './fakeTabs.ts';
export { createVirtualClock, drainMicrotasks, type VirtualClock } from './virtualClock.ts';
