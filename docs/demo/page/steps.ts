import { byId, make, onClick, write } from './dom.ts';

/** The five things to try; the page's markup has one item for each. */
export type Step = 'signIn' | 'renewal' | 'burst' | 'warning' | 'outage';

/** The list of things to try. */
export interface Steps {
  /** This has really happened, now or before. */
  done(step: Step): void;
}

const key = 'demo: steps done';

/** Ticks off what has happened; the ticks outlive the way to the provider and back, and a reload. */
export function showSteps(): Steps {
  const items = [...byId('steps').querySelectorAll<HTMLElement>('[data-step]')];
  const finished = new Set(JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[]);
  const isDone = ({ dataset }: HTMLElement) => finished.has(dataset['step']!);

  function draw(): void {
    const next = items.find((item) => !isDone(item));
    for (const item of items) drawStep(item, isDone(item), item === next);
    write(byId('steps-progress'), next ? `${finished.size} of ${items.length} done` : 'All done');
    byId('start-over').hidden = next !== undefined;
  }
  onClick('start-over', () => {
    sessionStorage.removeItem(key);
    location.reload();
  });
  draw();

  return {
    done(step) {
      if (finished.has(step)) return;
      finished.add(step);
      sessionStorage.setItem(key, JSON.stringify([...finished]));
      draw();
    },
  };
}

function drawStep(item: HTMLElement, isDone: boolean, isNext: boolean): void {
  item.classList.toggle('done', isDone);
  if (isNext) item.setAttribute('aria-current', 'step');
  else item.removeAttribute('aria-current');
  const tick = item.querySelector('.spoken');
  if (isDone && !tick) item.prepend(make('span', 'Done: ', 'spoken'));
}
