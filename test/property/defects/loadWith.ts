import { vi } from 'vitest';
import type { ModuleDefect } from './moduleDefects.ts';

/** What `load` imports, with one module of the code replaced by a faulty one. */
export const loadWith = async <Loaded>(
  { path, fault }: ModuleDefect,
  load: () => Promise<Loaded>,
): Promise<Loaded> => {
  let isLoaded = false;
  vi.resetModules();
  vi.doMock(`../../../${path}`, async (original) => {
    const actual = await original<object>();
    const faulty = fault(actual);
    const unknown = Object.keys(faulty).filter((name) => !(name in actual));
    if (unknown.length > 0) throw new Error(`${path} exports no ${unknown.join()}`);
    isLoaded = true;
    return { ...actual, ...faulty };
  });
  const loaded = await load();
  vi.doUnmock(`../../../${path}`);
  if (!isLoaded) throw new Error(`Nothing loads ${path}`);
  return loaded;
};
