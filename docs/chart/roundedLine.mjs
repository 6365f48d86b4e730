const RADIUS = 10;

/**
 * The corners of a line that is written like `10 20H40V60`.
 *
 * @param {string} line
 */
export function cornersOf(line) {
  /** @type {[number, number][]} */
  const corners = [];
  for (const [, way, first, second] of line.matchAll(/([HV]?)(\d+)(?: (\d+))?/g)) {
    const [x, y] = corners.at(-1) ?? [0, 0];
    if (way === 'H') corners.push([Number(first), y]);
    else if (way === 'V') corners.push([x, Number(first)]);
    else corners.push([Number(first), Number(second)]);
  }
  return corners;
}

/**
 * The same line as a path with round corners.
 *
 * @param {string} line
 */
export function roundedLine(line) {
  const corners = cornersOf(line);
  const [start, ...others] = corners;
  return others.reduce(
    (path, [x, y], index) => {
      const next = others[index + 1];
      const [fromX, fromY] = corners[index] ?? [x, y];
      const way = x === fromX ? 'V' : 'H';
      const end = x === fromX ? y : x;
      if (!next) return `${path}${way}${end}`;
      const before = end - Math.sign(x - fromX + y - fromY) * RADIUS;
      const after = [x + Math.sign(next[0] - x) * RADIUS, y + Math.sign(next[1] - y) * RADIUS];
      return `${path}${way}${before}Q${x} ${y} ${after.join(' ')}`;
    },
    `M${start?.join(' ')}`,
  );
}
