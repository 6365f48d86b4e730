/** How long this process computes while it runs that, in milliseconds: what others do on the machine does not count. */
export const cpuMs = (run: () => unknown): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
