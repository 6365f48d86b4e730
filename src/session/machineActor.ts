import { type Actor, createActor, fromCallback } from 'xstate';
import { serviceFrom } from '../../machines/serviceFrom.ts';
import type { MachineSettings } from '../../machines/sessionContext.ts';
import type { LoginRequested, RecordRequested, RefreshRequested } from '../../machines/sessionEvents.ts';
import { defineSessionMachine, type System } from '../../machines/sessionMachine.ts';
import { readInstant } from '../time/clock.ts';
import type { SessionServices } from './machineServices.ts';
import type { SessionMachine } from './session.ts';

/** A chart takes half of what a session weighs: all sessions of a process share one, and it finds their services by their system. */
const services = new WeakMap<System, SessionServices>();
const servicesOf = (system: System): SessionServices => services.get(system)!;

const defineMachine = (): SessionMachine =>
  defineSessionMachine(servicesOf).provide({
    actors: {
      login: fromCallback<LoginRequested>(({ receive, sendBack, system }) =>
        servicesOf(system).login(receive, sendBack),
      ),
      refresh: serviceFrom((request: RefreshRequested, system) => servicesOf(system).refresh(request)),
      record: serviceFrom((request: RecordRequested, system) => servicesOf(system).record(request)),
      activity: fromCallback(({ sendBack, system }) => servicesOf(system).activity(sendBack)),
      environment: fromCallback(({ sendBack, system }) => servicesOf(system).environment(sendBack)),
    },
  });

let machine: SessionMachine | undefined;

/** The actor of a session's machine, not started yet. */
export const createMachineActor = (of: SessionServices, settings: MachineSettings): Actor<SessionMachine> => {
  machine ??= defineMachine();
  const actor = createActor(machine, { input: { now: readInstant(of.clock), ...settings } });
  services.set(actor.system, of);
  return actor;
};
