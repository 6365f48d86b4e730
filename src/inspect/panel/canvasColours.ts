import type { Dom } from './dom.ts';

/** The colours of the style, for a canvas: that knows no `light-dark()` and no variables, so what elements make of them is read. */
export interface CanvasColours {
  /** Belongs into the document, where the style reaches it. */
  readonly element: HTMLElement;
  /** What the variable of this name is now. */
  of(name: string): string;
  /** Reads them anew: the system can turn dark at any time. */
  refresh(): void;
}

export const canvasColours = ({ h, window }: Dom): CanvasColours => {
  const element = h('div', { class: 'swatches', 'aria-hidden': 'true' });
  const samples = new Map<string, HTMLElement>();
  let known = new Map<string, string>();

  const sampleOf = (name: string): HTMLElement => {
    const sample = samples.get(name) ?? h('span');
    if (samples.has(name)) return sample;
    sample.style.setProperty('color', `var(--${name})`);
    samples.set(name, sample);
    element.append(sample);
    return sample;
  };

  return {
    element,
    of(name) {
      const colour = known.get(name) ?? window.getComputedStyle(sampleOf(name)).color;
      known.set(name, colour);
      return colour;
    },
    refresh: () => void (known = new Map()),
  };
};
