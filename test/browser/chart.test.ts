import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chartCss, narrowChart, wideChart } from '../../src/inspect/chart/chartSvg.ts';

const charts = { wideChart, narrowChart };
const sheet = new CSSStyleSheet();
sheet.replaceSync(chartCss);

beforeEach(() => {
  document.adoptedStyleSheets = [sheet];
});
afterEach(() => {
  document.adoptedStyleSheets = [];
  document.body.replaceChildren();
});

function show(name: keyof typeof charts, width?: number): SVGSVGElement {
  document.body.innerHTML = charts[name];
  const svg = document.body.querySelector('svg')!;
  svg.setAttribute('width', String(width ?? svg.viewBox.baseVal.width));
  return svg;
}

/** What `getBBox` gives in Chromium has no `left` or `right`. */
function boxOf(part: SVGGraphicsElement): DOMRect {
  const { x, y, width, height } = part.getBBox();
  return new DOMRect(x, y, width, height);
}

type Label = readonly [name: string, box: DOMRect];
const nameOf = (part: Element) => `${part.parentElement?.id} ${part.textContent}`.trim();
const labelsOf = (svg: SVGSVGElement): Label[] =>
  [...svg.querySelectorAll('text')].map((text) => [nameOf(text), boxOf(text)]);

const meet = (a: DOMRect, b: DOMRect) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const isWithin = (inner: DOMRect, outer: DOMRect) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;

/** Points of the line, near enough for a letter not to fit between two of them. */
function pointsOf(path: SVGPathElement): DOMPoint[] {
  const count = Math.ceil(path.getTotalLength() / 3);
  return Array.from({ length: count }, (_, index) => path.getPointAtLength(index * 3));
}

/** Letters do not fill the whole height of their box. */
const touches = ({ x, y }: DOMPoint, { left, right, top, bottom }: DOMRect) =>
  x > left && x < right && y > top + 3 && y < bottom - 3;

describe.each(['wideChart', 'narrowChart'] as const)('%s', (name) => {
  it('no label lies over another one, and every label is within the picture', () => {
    const svg = show(name);
    const { width, height } = svg.viewBox.baseVal;
    const labels = labelsOf(svg);
    expect(labels.length).toBeGreaterThan(53);
    const over = labels.flatMap(([label, box], index) =>
      labels
        .slice(index + 1)
        .filter(([, other]) => meet(box, other))
        .map(([other]) => `${label} / ${other}`),
    );
    expect(over).toEqual([]);
    const outside = labels.filter(([, box]) => !isWithin(box, new DOMRect(0, 0, width, height)));
    expect(outside.map(([label]) => label)).toEqual([]);
  });

  it('no label crosses the border of a box', () => {
    const svg = show(name);
    const boxes = [...svg.querySelectorAll('rect')];
    const crossing = labelsOf(svg).flatMap(([label, box]) =>
      boxes
        .filter((rect) => meet(box, boxOf(rect)) && !isWithin(box, boxOf(rect)))
        .map((rect) => `${label} / ${nameOf(rect)}`),
    );
    expect(crossing).toEqual([]);
  });

  it('a part that is lit looks different', () => {
    const svg = show(name);
    const parts = [...svg.querySelectorAll('.s, .t')];
    const strokesOf = () => parts.map((part) => getComputedStyle(part.querySelector('rect, path')!).stroke);
    const before = strokesOf();
    for (const part of parts) part.classList.add('on');
    const lit = strokesOf();
    expect(parts.filter((_, index) => lit[index] === before[index]).map(({ id }) => id)).toEqual([]);
  });
});

describe('the wide chart', () => {
  it('no line runs through a label', () => {
    const svg = show('wideChart');
    const labels = labelsOf(svg);
    const through = [...svg.querySelectorAll<SVGPathElement>('.t path, .i path')].flatMap((path) => {
      const points = pointsOf(path);
      return labels
        .filter(([, box]) => points.some((point) => touches(point, box)))
        .map(([label]) => `${path.parentElement?.id} / ${label}`);
    });
    expect(through).toEqual([]);
  });

  it('no two lines cross', () => {
    const lines = [...show('wideChart').querySelectorAll<SVGPathElement>('.t path')].map(
      (path) => [path.parentElement!.id, pointsOf(path)] as const,
    );
    const crossing = lines.flatMap(([line, points], index) =>
      lines
        .slice(index + 1)
        .filter(([, others]) => points.some((a) => others.some((b) => Math.hypot(a.x - b.x, a.y - b.y) < 3)))
        .map(([other]) => `${line} / ${other}`),
    );
    expect(crossing).toEqual([]);
  });
});

it.each([360, 298])('on a phone no letter of the narrow chart is smaller than 10 px: %i px wide', (width) => {
  // 298 px are what the panel of the demo leaves for it on a page of 360 px.
  const svg = show('narrowChart', width);
  const scale = svg.getScreenCTM()!.a;
  expect(scale).toBeGreaterThan(0.8);
  const sizes = [...svg.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize));
  expect(Math.min(...sizes) * scale).toBeGreaterThanOrEqual(10);
});
