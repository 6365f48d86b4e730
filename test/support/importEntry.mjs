/** Imports a module as a server does, in plain Node, and prints what it has started by that: calls, and what holds the process. */

/** @type {string[]} */
const started = [];

for (const name of [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'BroadcastChannel',
  'WebSocket',
  'Worker',
]) {
  const real = Reflect.get(globalThis, name);
  if (real === undefined) continue;
  const noting = new Proxy(real, {
    apply(target, self, args) {
      started.push(name);
      return Reflect.apply(target, self, args);
    },
    construct(target, args) {
      started.push(name);
      return Reflect.construct(target, args);
    },
  });
  Object.defineProperty(globalThis, name, { value: noting, writable: true, configurable: true });
}

const before = process.getActiveResourcesInfo();
await import(process.argv[2] ?? '');
const holding = process.getActiveResourcesInfo().filter((resource) => !before.includes(resource));
process.stdout.write(JSON.stringify([...started, ...holding]));
