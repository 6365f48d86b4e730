const NAMESPACE = 'http://www.w3.org/2000/svg';

const TOKEN = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string =>
  text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/**
 * Draws an SVG of our own from its text. Neither `innerHTML` nor a parser: where an app demands trusted types, those are
 * forbidden.
 */
export const drawSvg = (document: Document, text: string): SVGSVGElement => {
  const open: Element[] = [];
  let root: Element | undefined;
  for (const [, closing, tag, attributes = '', isEmpty, content] of text.matchAll(TOKEN)) {
    if (content !== undefined) {
      if (content.trim()) open.at(-1)?.append(decoded(content));
      continue;
    }
    if (closing) {
      open.pop();
      continue;
    }
    const element = document.createElementNS(NAMESPACE, tag!);
    for (const [, name, value] of attributes.matchAll(ATTRIBUTE))
      element.setAttribute(name!, decoded(value!));
    open.at(-1)?.append(element);
    root ??= element;
    if (!isEmpty) open.push(element);
  }
  return root as SVGSVGElement;
};
