/** The element of this id; the page's own markup has it. */
export function byId(id: string): HTMLElement {
  return document.getElementById(id)!;
}

/** The input of this id. */
export function inputById(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement;
}

/** The first element inside that matches; the page's own markup has it. */
export function inside(parent: ParentNode, selector: string): HTMLElement {
  return parent.querySelector<HTMLElement>(selector)!;
}

/** Changes the text only where it differs, so that drawing at every frame costs nothing. */
export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A new element of this class with this text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text = '',
  className = '',
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

/** Calls back at each click. */
export function onClick(id: string, run: () => void): void {
  byId(id).addEventListener('click', run);
}
