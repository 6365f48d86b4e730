import type { NextConfig } from 'next';

const nextConfig: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  // `npm run check` finds type errors.
  typescript: { ignoreBuildErrors: true },
  // Else it would be the repository above, which has a lockfile too.
  turbopack: { root: import.meta.dirname },
};

export default nextConfig;
