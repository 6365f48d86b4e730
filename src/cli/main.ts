#!/usr/bin/env node
import process from 'node:process';
import { nodeIo } from './nodeIo.ts';
import { run } from './run.ts';

/** What reads our output may have gone. */
process.stdout.on('error', () => process.exit(2));

const status = await run(nodeIo());
// A name that is being looked up, or a pipe that nobody closes, would keep the process alive.
process.stdout.write('', () => process.exit(status));
