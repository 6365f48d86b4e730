import { causeUsage } from './cause/causeUsage.ts';
import { doctorUsage } from './doctor/doctorUsage.ts';
import { inspectUsage } from './inspect/inspectUsage.ts';

/** What `token-vigil --help` says. */
export const usage = `${doctorUsage}\n\n${causeUsage}\n\n${inspectUsage}`;
