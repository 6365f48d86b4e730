/** Part of the inspector. */
export interface View<Shown> {
  readonly element: HTMLElement;
  show(shown: Shown): void;
}
