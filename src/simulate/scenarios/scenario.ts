import type { JsonObject } from '../../core/json.ts'
import type { ActFacts, Expected, Label } from '../labels.ts'
import type { Organisation } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import type { Targets } from '../targets.ts'

/** A thing that can happen, with its twin. One entry of `scenarios.ts` each. */
export interface Scenario {
  readonly id: string
  readonly analytic: Label['analytic']
  readonly title: string
  /** Days from its first event to its last. */
  readonly days: 1 | 2
  readonly acts: readonly Act[]
}

export interface Act {
  readonly name: string
  readonly kind: Label['kind']
  readonly expected: Expected
  play(scene: Scene): ActFacts
}

/** Where an act is played. */
export interface Scene {
  readonly organisation: Organisation
  readonly targets: Targets
  /** Takes the act's events, and nobody else's. */
  readonly recorder: Recorder
  /** When it begins, UTC ms. */
  readonly time: number
  /** Adds an approval to what the organisation has approved. */
  approve(table: 'approved_images' | 'approved_transfers' | 'provisioning_workflows', row: Approval): void
}

/** An approval's own columns, and when it holds; the rest is filled in. */
export interface Approval {
  readonly columns: JsonObject
  readonly reason: string
  /** UTC ms. */
  readonly created: number
  readonly expires: number
}

/** The twin of something: no finding above low. */
export function twin(name: string, reason: string, play: Act['play']): Act {
  return { name, kind: 'twin', expected: { outcome: 'none', at_most: 'low', reason }, play }
}

export function attack(name: string, expected: Expected, play: Act['play']): Act {
  return { name, kind: 'attack', expected, play }
}

export function benign(name: string, reason: string, play: Act['play']): Act {
  return { name, kind: 'benign', expected: { outcome: 'none', at_most: 'low', reason }, play }
}
