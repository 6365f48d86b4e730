export type { Base, Recorded } from './backlog.ts';
export type { Deadlines, InspectEntry, InspectNews, Life, MachineEvent, MicroStep } from './inspectEntry.ts';
export { type Inspection, inspectSession, type InspectOptions } from './inspectSession.ts';
export { openRecording, type Recording, saveRecording } from './recording.ts';
export { openInspector, type InspectorOptions } from './openInspector.ts';
export { sendInspection, type SendOptions } from './sendInspection.ts';
