import type { CorrelationRule } from '../plan/state-rule.ts'
import { AbsenceMachine } from './absence.ts'
import { ChainMachine } from './chain.ts'
import { FirstSeenMachine } from './first-seen.ts'
import type { Machine, MachineOptions } from './signal.ts'
import { VolumeMachine } from './volume.ts'
import { WindowMachine } from './window.ts'

/** The machine for a rule, new or as it was saved. */
export function machineFor(rule: CorrelationRule, options: MachineOptions, saved?: unknown): Machine {
  switch (rule.type) {
    case 'chain':
      return new ChainMachine(rule, options, saved)
    case 'first_seen':
      return new FirstSeenMachine(rule, options, saved)
    case 'volume':
      return new VolumeMachine(rule, options, saved)
    case 'absence':
      return new AbsenceMachine(rule, options, saved)
    default:
      return new WindowMachine(rule, options, saved)
  }
}
