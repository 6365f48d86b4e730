/**
 * A small viewer of what `@xstate/inspect` sends: who is there, in which state, and what was sent. It needs no package and no
 * network. An app opens it in a window or a frame, or it connects to a server: `?server=ws://127.0.0.1:8888`.
 */

/**
 * @typedef {{ key: string, description?: string, on?: Record<string, unknown>, states?: Record<string, Definition> }} Definition
 * @typedef {string | { [key: string]: Value }} Value
 * @typedef {{ id: string, parent?: string, machine: Definition, value: Value, last: string }} Actor
 * @typedef {{ type: string, sessionId: string, id?: string, parent?: string, machine: string, state: string, event: string }} Message
 */

const MOST_EVENTS = 500;

/** @type {Map<string, Actor>} */
const actors = new Map();
/** @type {string | undefined} */
let selected;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} text
 * @param {string} className
 */
const make = (name, text = '', className = '') =>
  Object.assign(document.createElement(name), { textContent: text, className });

/**
 * @param {Value} value
 * @returns {string}
 */
const wordsOf = (value) =>
  typeof value === 'string'
    ? value
    : Object.entries(value)
        .map(([key, inner]) => [key, wordsOf(inner)].filter(Boolean).join('.'))
        .join(', ');

/**
 * What lies inside an active state: `undefined` if it is not active.
 *
 * @param {Value | undefined} value
 * @param {string} key
 */
const valueIn = (value, key) => {
  if (typeof value === 'string') return value === key ? {} : undefined;
  return value?.[key];
};

/**
 * @param {Definition} definition
 * @param {Value | undefined} value
 * @param {string} taken
 */
const drawState = (definition, value, taken) => {
  const isActive = value !== undefined;
  const item = make('li', '', isActive ? 'active' : '');
  if (isActive) item.setAttribute('aria-current', 'true');
  item.append(make('strong', definition.key));
  if (definition.description) item.append(make('p', definition.description));
  for (const edge of Object.keys(definition.on ?? {}))
    item.append(make('code', edge, edge === taken ? 'taken' : ''));
  const inner = drawStates(definition, value, taken);
  if (inner.length > 0) {
    const list = make('ul');
    list.append(...inner);
    item.append(list);
  }
  return item;
};

/**
 * @param {Definition} definition
 * @param {Value | undefined} value
 * @param {string} taken
 * @returns {HTMLLIElement[]}
 */
const drawStates = ({ states = {} }, value, taken) =>
  Object.values(states).map((state) => drawState(state, valueIn(value, state.key), taken));

const drawActors = () => {
  const items = [...actors].map(([sessionId, { id, parent, value }]) => {
    const item = make('li', '', parent ? 'child' : '');
    const button = make('button', id);
    button.type = 'button';
    button.dataset['session'] = sessionId;
    button.setAttribute('aria-pressed', String(sessionId === selected));
    button.append(make('small', wordsOf(value)));
    item.append(button);
    return item;
  });
  const list = element('actors');
  const { activeElement } = document;
  const focused = list.contains(activeElement) && /** @type {HTMLElement} */ (activeElement);
  list.replaceChildren(...items);
  if (!focused) return;
  // Whoever walks through the list by keyboard stays where they are.
  const selector = `[data-session="${focused.dataset['session']}"]`;
  /** @type {HTMLElement | null} */
  const button = list.querySelector(selector);
  button?.focus();
};

const draw = () => {
  drawActors();
  const actor = actors.get(selected ?? '');
  if (!actor) return;
  element('actor').textContent = `${actor.id}: ${wordsOf(actor.value)}`;
  element('last').textContent = actor.last;
  element('chart').replaceChildren(...drawStates(actor.machine, actor.value, actor.last));
};

/**
 * @param {string} who
 * @param {string} what
 */
const log = (who, what) => {
  const item = make('li');
  item.append(make('span', who), make('b', what));
  const list = element('events');
  list.prepend(item);
  while (list.childElementCount > MOST_EVENTS) list.lastElementChild?.remove();
};

/** @param {Message} message */
const register = ({ sessionId, id = sessionId, parent, machine, state }) => {
  element('connection').textContent = 'Connected';
  const { value, event } = JSON.parse(state);
  const made = { id, machine: JSON.parse(machine), value, last: event.type };
  actors.set(sessionId, parent === undefined ? made : { ...made, parent });
  if (selected === undefined || !parent) selected = sessionId;
};

/** @type {Record<string, (message: Message, actor: Actor) => void>} */
const handlers = {
  'service.event': ({ event }, actor) => {
    const { name } = JSON.parse(event);
    log(actor.id, name);
    actor.last = name;
  },
  'service.state': ({ state }, actor) => (actor.value = JSON.parse(state).value),
  'service.stop': ({ sessionId }, actor) => {
    log(actor.id, 'stopped');
    actors.delete(sessionId);
  },
};

let isDrawn = true;
/** Once for all that comes until the next picture. */
const drawSoon = () => {
  if (!isDrawn) return;
  isDrawn = false;
  setTimeout(() => {
    isDrawn = true;
    draw();
  });
};

/** @param {Message} message */
const take = (message) => {
  if (message.type === 'xstate.disconnect') element('connection').textContent = 'The app has disconnected';
  const actor = actors.get(message.sessionId);
  if (message.type === 'service.register') register(message);
  else if (actor) handlers[message.type]?.(message, actor);
  drawSoon();
};

element('actors').addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('button');
  if (!button) return;
  selected = button.dataset['session'];
  draw();
});

const hello = { type: 'xstate.inspecting' };
const server = new URLSearchParams(location.search).get('server');
const app = /** @type {Window | null} */ (window.opener ?? (window.parent === window ? null : window.parent));
if (server) {
  const socket = new WebSocket(server);
  socket.addEventListener('open', () => socket.send(JSON.stringify(hello)));
  socket.addEventListener('message', ({ data }) => take(JSON.parse(data)));
  socket.addEventListener('close', () => (element('connection').textContent = 'The server is gone'));
} else if (app) {
  window.addEventListener('message', ({ source, data }) => {
    if (source === app && typeof data?.type === 'string') take(data);
  });
  // It says nothing but that somebody is here, so that it may go to any page.
  app.postMessage(hello, '*');
}
