/** One of the five states; `x` and `y` are its middle on a field of 760 by 376. */
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
  { state: 'anonymous', x: 107, y: 64 },
  { state: 'authenticated', x: 380, y: 64 },
  { state: 'refreshing', x: 653, y: 64 },
  { state: 'idle', x: 380, y: 240 },
  { state: 'expired', x: 107, y: 240 },
];

/** The ways that tell the story. Signing out, from everywhere to `anonymous`, is left out. */
export const edges: readonly Edge[] = [
  { from: 'anonymous', to: 'authenticated', name: 'sign in', path: 'M213 64H269', x: 241, y: 53 },
  { from: 'authenticated', to: 'refreshing', name: 'due', path: 'M486 48H542', x: 515, y: 37 },
  { from: 'refreshing', to: 'authenticated', name: 'renewed', path: 'M547 80H491', x: 517, y: 100 },
  { from: 'authenticated', to: 'idle', name: 'away', path: 'M362 110V189', x: 338, y: 156 },
  { from: 'idle', to: 'authenticated', name: 'back', path: 'M398 194V115', x: 422, y: 156 },
  { from: 'idle', to: 'expired', name: 'ended', path: 'M274 240H218', x: 244, y: 229 },
  { from: 'expired', to: 'anonymous', name: 'sign in', path: 'M107 194V115', x: 80, y: 156 },
  { from: 'refreshing', to: 'idle', name: 'away', path: 'M635 110V220Q635 240 615 240H491', x: 563, y: 229 },
  {
    from: 'refreshing',
    to: 'expired',
    name: 'refused',
    path: 'M671 110V312Q671 332 651 332H127Q107 332 107 312V291',
    x: 380,
    y: 322,
  },
];
