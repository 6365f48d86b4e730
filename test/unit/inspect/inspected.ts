import { onTestFinished } from 'vitest';
import { type Inspection, inspectSession, type InspectOptions } from '../../../src/inspect/inspectSession.ts';
import type { InspectEntry } from '../../../src/inspect/inspectEntry.ts';
import { edgeRows } from '../../support/edgeRows.ts';
import { stageKit, type StageSetting } from '../../support/machineStage.ts';
import { createSessionStage, type SessionStage } from '../../support/sessionStage.ts';

/** A session that is inspected from before its start on. */
export interface InspectedStage extends SessionStage {
  readonly inspection: Inspection;
}

/** Many are made within one test: each is to be inspected from its first moment on. */
const createInspected = (setting: StageSetting = {}, options: InspectOptions = {}): InspectedStage => {
  let inspection: Inspection | undefined;
  const stage = createSessionStage(setting, {
    onSession: (session, clock) => (inspection = inspectSession(session, { clock, ...options })),
  });
  onTestFinished(() => inspection!.stop());
  return Object.assign(Object.create(null, Object.getOwnPropertyDescriptors(stage)) as SessionStage, {
    inspection: inspection!,
  });
};

const kit = stageKit<InspectedStage>(createInspected);
export const { createStage, signedIn, refreshing } = kit;
export const rows = edgeRows<InspectedStage>(kit);

/** Every story: one for each edge of the machine. */
export const stories = rows.map(([name, from, event]) => ({
  name,
  async play(): Promise<InspectedStage> {
    const stage = await from();
    await event(stage);
    await stage.settle();
    return stage;
  },
}));

export const ofKind = <Kind extends InspectEntry['kind']>(
  entries: readonly InspectEntry[],
  kind: Kind,
): Extract<InspectEntry, { kind: Kind }>[] =>
  entries.filter((entry): entry is Extract<InspectEntry, { kind: Kind }> => entry.kind === kind);
