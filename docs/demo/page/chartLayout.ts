/** One of the five states; `x` and `y` are its middle on a field of 760 by 300. */
interface Place {
  readonly state: string;
  readonly x: number;
  readonly y: number;
}

/** A way from one state to another, as an SVG path, with the place of its name. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

/** The five states. */
export const places: readonly Place[] = [
  { state: 'anonymous', x: 104, y: 70 },
  { state: 'authenticated', x: 380, y: 70 },
  { state: 'refreshing', x: 656, y: 70 },
  { state: 'idle', x: 380, y: 205 },
  { state: 'expired', x: 104, y: 205 },
];

/** The ways that tell the story. Signing out, from everywhere to `anonymous`, is left out. */
export const edges: readonly Edge[] = [
  { from: 'anonymous', to: 'authenticated', name: 'sign in', path: 'M210 70H270', x: 242, y: 58 },
  { from: 'authenticated', to: 'refreshing', name: 'due', path: 'M486 58H546', x: 517, y: 48 },
  { from: 'refreshing', to: 'authenticated', name: 'renewed', path: 'M550 84H490', x: 519, y: 104 },
  { from: 'authenticated', to: 'idle', name: 'away', path: 'M364 108V163', x: 340, y: 141 },
  { from: 'idle', to: 'authenticated', name: 'back', path: 'M396 167V112', x: 420, y: 141 },
  { from: 'idle', to: 'expired', name: 'over', path: 'M274 205H214', x: 242, y: 193 },
  { from: 'expired', to: 'anonymous', name: 'sign in', path: 'M104 167V112', x: 78, y: 141 },
  {
    from: 'refreshing',
    to: 'idle',
    name: 'away',
    path: 'M640 108V185Q640 205 620 205H490',
    x: 565,
    y: 195,
  },
  {
    from: 'refreshing',
    to: 'expired',
    name: 'refused',
    path: 'M672 108V254Q672 274 652 274H124Q104 274 104 254V247',
    x: 380,
    y: 267,
  },
];
