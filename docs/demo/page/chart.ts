import type { Session } from 'token-vigil';
import { inspectSession } from 'token-vigil/inspect';
import { adoptChartStyle, createChart } from 'token-vigil/inspect/chart';
import { createSessionMachine } from 'token-vigil/machine';
import { byId, write } from './dom.ts';
import { stateNameOf, stateText } from './stateName.ts';

/** The session's own machine goes without its descriptions. */
const machine = createSessionMachine();

/** Draws the statechart, and lights the state and the edge that led to it. */
export function showChart(session: Session<unknown>): void {
  const chart = createChart(document);
  adoptChartStyle(document);
  byId('chart').append(chart.element);
  let edges: readonly string[] = [];

  inspectSession(session).subscribe((entries) => {
    for (const entry of entries) {
      const taken = entry.kind === 'step' ? entry.micro.flatMap(({ edge }) => edge ?? []) : [];
      if (taken.length > 0) edges = taken;
    }
    light();
  });
  light();

  function light(): void {
    const snapshot = session.actor.getSnapshot();
    const state = stateText(snapshot);
    document.body.dataset['state'] = stateNameOf(snapshot).top;
    chart.light(state, edges);
    write(byId('meaning'), machine.getStateNodeById(`session.${state}`).description ?? '');
  }
}
