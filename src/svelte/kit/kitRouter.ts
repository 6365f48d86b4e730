/** What is needed of SvelteKit's router. Import it from the modules that are named here. */
export interface KitRouter {
  /** From `$app/navigation`. */
  goto(url: string, options: { replaceState: boolean }): Promise<void>;
  /** From `$app/navigation`. */
  invalidate(dependency: string): Promise<void>;
  /** From `$app/state`. */
  readonly navigating: {
    readonly to: { readonly url: URL } | null;
    readonly complete: Promise<void> | null;
  };
  /** From `$app/state`. */
  readonly page: { readonly url: URL };
  /** For an app with `paths.base`: `resolve('/')`, or `base`, of `$app/paths`. @default '/' */
  readonly base?: string;
}
