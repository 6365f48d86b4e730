import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startGroup } from './server/childGroup.mjs';

/** A program that starts another one, tells both, and would stay for an hour. */
const family = ['-c', 'sleep 3600 & echo $$ $!; wait'];

const pidsIn = (printed: string): number[] => printed.trim().split(' ').map(Number);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const soon = { timeout: 60_000 };

const untilBothRun = async (printed: () => string): Promise<number[]> => {
  await expect.poll(printed, soon).toMatch(/^\d+ \d+\n/);
  const pids = pidsIn(printed());
  expect(pids.map(isAlive)).toEqual([true, true]);
  return pids;
};

test.each(['stop', 'kill'] as const)('%s ends a program and what it has started', async (how) => {
  const group = startGroup('bash', family, process.env);
  onTestFinished(() => group.kill());
  const pids = await untilBothRun(group.output);
  await group[how]();
  expect(group.isRunning()).toBe(false);
  await expect.poll(() => pids.filter(isAlive), soon).toEqual([]);
});

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'a program ends with the process that started it, when that gets a %s',
  async (signal) => {
    const module = new URL('server/childGroup.mjs', import.meta.url).href;
    const script = `
      const { startGroup } = await import(${JSON.stringify(module)});
      const group = startGroup('bash', ${JSON.stringify(family)}, process.env);
      const look = setInterval(() => {
        if (!group.output()) return;
        clearInterval(look);
        process.stdout.write(group.output());
      }, 20);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let printed = '';
    parent.stdout.on('data', (part) => (printed += String(part)));
    const pids = await untilBothRun(() => printed);
    const ended = once(parent, 'close');
    parent.kill(signal);
    await ended;
    await expect.poll(() => pids.filter(isAlive), soon).toEqual([]);
  },
);
