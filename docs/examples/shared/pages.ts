/** The least that an app without a router needs: which page is shown, and who is told when it is another. */
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

addEventListener('popstate', tell);

export const pages = {
  /** The path that the address bar shows. */
  path: (): string => location.pathname,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  go(address: string): void {
    history.pushState(null, '', address);
    tell();
  },
  replace(address: string): void {
    history.replaceState(null, '', address);
    tell();
  },
  /** For a link: shows the page without loading it. */
  follow(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pages.go((event.currentTarget as HTMLAnchorElement).href);
  },
};
