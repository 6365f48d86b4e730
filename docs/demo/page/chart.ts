import type { Session, SessionSnapshot } from 'token-vigil';
import { createSessionMachine } from 'token-vigil/machine';
import { edges, places } from './chartLayout.ts';
import { byId, make, write } from './dom.ts';
import { stateNameOf, stateText } from './stateName.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** The session's own machine goes without its descriptions. */
const machine = createSessionMachine();

const nestedIn = (state: string) => Object.keys(machine.getStateNodeById(`session.${state}`).states);

/** Draws the statechart and lights the active state, down to the nested one. */
export function showChart(session: Session<unknown>): void {
  byId('edges').append(arrowHead(), ...edges.map(edgeElement));
  byId('states').append(...places.map((place) => stateElement(place, nestedIn(place.state))));

  let last = '';
  session.subscribe(light);
  light();

  function light(): void {
    const snapshot = session.actor.getSnapshot();
    const { top } = stateNameOf(snapshot);
    lightStates(snapshot);
    if (last && last !== top) flash(last, top);
    last = top;
  }
}

function lightStates(snapshot: SessionSnapshot): void {
  const { top, nested } = stateNameOf(snapshot);
  document.body.dataset['state'] = top;
  for (const element of byId('states').querySelectorAll('[data-name]')) mark(element, top, nested);
  write(byId('meaning'), machine.getStateNodeById(`session.${stateText(snapshot)}`).description ?? '');
}

function mark(element: Element, top: string, nested: string | undefined): void {
  const { name, parent } = (element as HTMLElement).dataset;
  const isActive = parent ? parent === top && name === nested : name === top;
  if (isActive) element.setAttribute('aria-current', 'true');
  else element.removeAttribute('aria-current');
}

/** Shows which way was taken, for a moment. */
function flash(from: string, to: string): void {
  const edge = byId('edges').querySelector(`[data-edge="${from} ${to}"]`);
  if (!edge) return;
  edge.classList.remove('taken');
  // Reading the layout in between makes the animation begin anew.
  edge.getBoundingClientRect();
  edge.classList.add('taken');
}

function stateElement({ state, x, y }: (typeof places)[number], nested: readonly string[]): HTMLElement {
  const item = make('li', '', 'state');
  item.dataset['name'] = state;
  item.style.setProperty('--x', String(x));
  item.style.setProperty('--y', String(y));
  item.append(make('strong', state), nestedElement(state, nested));
  return item;
}

function nestedElement(state: string, nested: readonly string[]): HTMLElement {
  const list = make('span', '', 'nested');
  for (const name of nested) {
    const item = make('span', name);
    Object.assign(item.dataset, { name, parent: state });
    list.append(item, ' ');
  }
  return list;
}

function svg(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function edgeElement({ from, to, name, path, x, y }: (typeof edges)[number]): SVGElement {
  const group = svg('g', { 'data-edge': `${from} ${to}` });
  const label = svg('text', { x, y });
  label.textContent = name;
  group.append(svg('path', { d: path, 'marker-end': 'url(#arrow)' }), label);
  group.addEventListener('animationend', () => group.classList.remove('taken'));
  return group;
}

function arrowHead(): SVGElement {
  const size = { viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 9, markerHeight: 9 };
  const marker = svg('marker', { ...size, id: 'arrow', orient: 'auto', markerUnits: 'userSpaceOnUse' });
  marker.append(svg('path', { d: 'M1 1L7 4L1 7', class: 'head' }));
  return marker;
}
