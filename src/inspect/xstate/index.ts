export {
  openXStateInspector,
  type XStateInspector,
  type XStateInspectorOptions,
} from './openXStateInspector.ts';
export type { InspectorServer, InspectorSocket } from './serverViewer.ts';
