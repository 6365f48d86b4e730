import type { Clock, Milliseconds } from '../time/clock.ts';

/** After a sign of presence nothing is listened to for so long: what follows would say nothing new. */
const REST_MS: Milliseconds = 1000;

/** Scrolling and focus count for a second after input, and input may go unheard in a rest. */
const ECHO_MS: Milliseconds = 2 * REST_MS;

/** What {@link watchDomActivity} works with. */
export interface DomActivityOptions {
  readonly window: Window;
  readonly clock: Clock;
  /** Called at a sign of presence, at most about once a second. */
  readonly onActive: () => void;
  /**
   * The display shows its pages in turn, so that becoming visible is no sign of a person.
   *
   * @default false
   */
  readonly rotatingDisplay?: boolean | undefined;
}

type Place = readonly [
  target: EventTarget | undefined,
  listeners: Readonly<Record<string, (event: never) => void>>,
];

/** Capture: ahead of what the app does with an event. Passive: scrolling never waits for us. */
const early = { capture: true, passive: true };

const toggle = (method: 'addEventListener' | 'removeEventListener', [target, listeners]: Place): void => {
  for (const type in listeners) target?.[method](type, listeners[type] as EventListener, early);
};

/** Either way round: some engines date touch events on another scale, which must not silence the others. */
const isWithin = (event: Event, sinceMs: Milliseconds, spanMs: Milliseconds): boolean =>
  Math.abs(event.timeStamp - sinceMs) < spanMs;

/** What is listened to between rests. */
const inputsOf = (document: Document, sign: (atMs: Milliseconds) => void): Place => {
  let inputAtMs = -Infinity;
  const onInput = (event: Event): void => {
    if (!event.isTrusted) return;
    inputAtMs = event.timeStamp;
    sign(inputAtMs);
  };
  // A layout change under a still pointer makes trusted moves of 0,0.
  const pointermove = (event: PointerEvent): void => {
    if (event.movementX || event.movementY) onInput(event);
  };
  const onEcho = (event: Event): void => {
    if (event.isTrusted && isWithin(event, inputAtMs, ECHO_MS)) sign(event.timeStamp);
  };
  // Dictation, handwriting and the emoji picker enter text without a key; only the edits of a person announce themselves.
  const typing = { keydown: onInput, beforeinput: onInput };
  const pointing = { pointermove, pointerdown: onInput, click: onInput, wheel: onInput };
  return [
    document,
    { ...typing, ...pointing, touchstart: onInput, touchmove: onInput, scroll: onEcho, focusin: onEcho },
  ];
};

/** What is rare and stays on in a rest: a page may be frozen in one, and is seen again before its timers run. */
const turnsOf = (
  window: Window & { navigation?: Navigation },
  rotatingDisplay: boolean | undefined,
  sign: (event: Event) => void,
): Place[] => {
  const { document, navigation } = window;
  const onNavigate = (event: NavigateEvent): void => {
    if (event.userInitiated) sign(event);
  };
  const onSight = (event: Event): void => {
    // In the capture phase a window hears the focus of every element, too.
    if (event.target !== event.currentTarget) return;
    if (document.visibilityState === 'visible' && document.hasFocus()) sign(event);
  };
  const turn: Place = navigation ? [navigation, { navigate: onNavigate }] : [window, { popstate: sign }];
  return rotatingDisplay
    ? [turn]
    : [turn, [document, { visibilitychange: onSight }], [window, { focus: onSight }]];
};

/** Watches a page for trusted signs that a person is there; returns its stop. */
export const watchDomActivity = ({
  window,
  clock,
  onActive,
  rotatingDisplay,
}: DomActivityOptions): (() => void) => {
  let signAtMs = -Infinity;
  let timer: unknown;

  const sign = (atMs: Milliseconds): void => {
    signAtMs = atMs;
    toggle('removeEventListener', inputs);
    clock.clearTimeout(timer);
    timer = clock.setTimeout(listen, REST_MS);
    onActive();
  };
  const signUnlessResting = (event: Event): void => {
    if (event.isTrusted && !isWithin(event, signAtMs, REST_MS)) sign(event.timeStamp);
  };

  const inputs = inputsOf(window.document, sign);
  const turns = turnsOf(window, rotatingDisplay, signUnlessResting);
  const listen = (): void => toggle('addEventListener', inputs);
  listen();
  for (const turn of turns) toggle('addEventListener', turn);

  return () => {
    clock.clearTimeout(timer);
    for (const place of [inputs, ...turns]) toggle('removeEventListener', place);
  };
};
