/** What the command needs. It is a file of its own in the package, beside those that apps and the viewer load. */
export { type Backlog, createBacklog, type Recorded } from './backlog.ts';
export { type Batch, readBatch } from './batch.ts';
export { openRecording } from './recording.ts';
export type { Begun, Listed, MoreEntries } from './viewerEvents.ts';
