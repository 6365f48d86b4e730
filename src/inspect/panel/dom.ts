type Props = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Makes elements of one document. The inspector can be drawn in a window of its own, whose document is another one. */
export interface Dom {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  /** An element with attributes; what is `null`, `undefined` or `false` is left out. */
  h<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    props?: Props,
    ...children: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Tag];
}

export const createDom = (document: Document): Dom => ({
  document,
  window: document.defaultView!,
  h(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (value === null || value === undefined || value === false) continue;
      element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...children);
    return element;
  },
});

/** Writes a text only where it is another: a screen reader reads what is written anew. */
export const write = (node: Node, text: string): void => {
  if (node.textContent !== text) node.textContent = text;
};
