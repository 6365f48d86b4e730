import { doctorUsage } from './doctor/doctorUsage.ts';
import { inspectUsage } from './inspect/inspectUsage.ts';

/** What `token-vigil --help` says. */
export const usage = `${doctorUsage}\n\n${inspectUsage}`;
