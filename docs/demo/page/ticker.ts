const calm = matchMedia('(prefers-reduced-motion: reduce)');
const calmEveryMs = 500;

/** Draws again and again: at every frame, or twice a second for who wants less motion. Hidden pages rest. */
export function animate(draw: () => void): void {
  const frame = () => {
    draw();
    if (calm.matches) setTimeout(() => requestAnimationFrame(frame), calmEveryMs);
    else requestAnimationFrame(frame);
  };
  frame();
}
