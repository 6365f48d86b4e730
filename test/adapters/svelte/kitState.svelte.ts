/** Where Kit's router says what it is doing: `$app/state`. */
export const createKitState = () => {
  let url = $state.raw(new URL('a:'));
  let current = $state.raw<{ readonly to: { readonly url: URL }; readonly complete: Promise<void> } | null>(
    null,
  );
  return {
    page: {
      get url() {
        return url;
      },
    },
    navigating: {
      get to() {
        return current && current.to;
      },
      get complete() {
        return current && current.complete;
      },
    },
    show: (next: URL): void => void (url = next),
    navigate: (next: typeof current): void => void (current = next),
  };
};
