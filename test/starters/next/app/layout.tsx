import type { ReactNode } from 'react';
import { Providers } from './providers';

// Without its type: under TypeScript 5.9 the declarations of `next` itself have errors, as they lack `URLPattern`.
export const metadata = { title: 'Starter', icons: { icon: 'data:,' } };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
