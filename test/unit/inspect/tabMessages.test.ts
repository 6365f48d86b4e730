import { expect, onTestFinished, test, vi } from 'vitest';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { inspectSession } from '../../../src/inspect/inspectSession.ts';
import { entryWords } from '../../../src/inspect/panel/entryWords.ts';
import { openRecording, saveRecording } from '../../../src/inspect/recording.ts';
import { createFakeTabs } from '../../../src/testing/index.ts';
import { ofKind } from './inspected.ts';

const openTab = (tabs: ReturnType<typeof createFakeTabs>) => {
  const session = tabs.open();
  onTestFinished(session.stop);
  return { session, inspection: inspectSession(session) };
};

const signedInTabs = async () => {
  const tabs = createFakeTabs<unknown>({ user: { name: 'Ada' } });
  const [a, b] = [openTab(tabs), openTab(tabs)];
  await a.session.signIn();
  return { tabs, a, b };
};

const messagesIn = (entries: readonly InspectEntry[]) => ofKind(entries, 'tab').map(({ message }) => message);

test('what a tab asks, answers and tells is in the stream of either side, with the tokens that it is about', async () => {
  const { a, b } = await signedInTabs();
  const { epoch } = a.session.actor.getSnapshot().context.lease!;
  const seen = { a: messagesIn(a.inspection.entries), b: messagesIn(b.inspection.entries) };
  const first = { epoch, generation: 1 };
  expect(seen.a).toContainEqual({ direction: 'sent', type: 'changed' });
  expect(seen.b).toContainEqual({ direction: 'received', type: 'changed' });
  expect(seen.b).toContainEqual({ direction: 'sent', type: 'asked', ...first });
  expect(seen.a).toContainEqual({ direction: 'received', type: 'asked', ...first });
  expect(seen.a).toContainEqual({ direction: 'sent', type: 'answered', ...first });
  expect(seen.b).toContainEqual({ direction: 'received', type: 'answered', ...first });
  await a.session.renew();
  const renewed = { type: 'renewed', epoch, generation: 2 };
  expect(messagesIn(a.inspection.entries).at(-1)).toEqual({ direction: 'sent', ...renewed });
  expect(messagesIn(b.inspection.entries)).toContainEqual({ direction: 'received', ...renewed });
});

test('a message is seen before what it brings about', async () => {
  const { a, b } = await signedInTabs();
  await a.session.renew();
  const { entries } = b.inspection;
  const told = entries.findIndex((entry) => entry.kind === 'tab' && entry.message.type === 'renewed');
  const taken = entries.findIndex((entry) => entry.kind === 'step' && entry.event.type === 'tab.renewed');
  expect([told, taken, told < taken]).toEqual([expect.any(Number), expect.any(Number), true]);
  expect(told).toBeGreaterThan(-1);
});

test('no message shows a token', async () => {
  const { a, b } = await signedInTabs();
  await a.session.renew();
  const stream = JSON.stringify([a.inspection.entries, b.inspection.entries]);
  for (const token of ['fake-', '"fake"', 'Token":"']) expect(stream).not.toContain(token);
  expect(a.session.peekAccessToken()).toContain('fake-');
});

test('the log puts each into words, also out of a recording', async () => {
  const { a, b } = await signedInTabs();
  await a.session.renew();
  const saved = openRecording(saveRecording(b.inspection));
  const words = new Set(ofKind(saved.entries, 'tab').map(entryWords));
  expect([...words].toSorted()).toEqual([
    'From another tab: here is token 1',
    'From another tab: the record has changed',
    'From another tab: token 2 is the newest',
    'To the other tabs: who has token 1?',
  ]);
});

test('a session that nobody inspects any more tells nothing', async () => {
  const { a, b } = await signedInTabs();
  const observer = vi.fn<() => void>();
  a.session.onTabMessage(observer)();
  b.inspection.stop();
  const seen = b.inspection.entries.length;
  await a.session.renew();
  expect(observer).not.toHaveBeenCalled();
  expect(b.inspection.entries).toHaveLength(seen);
});
