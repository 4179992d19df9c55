import type { Machine, Organisation } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import { HOUR, SECOND } from '../span.ts'
import { converse, knock, silence } from '../traffic.ts'
import { countAround, type Habit, type Hour } from './habit.ts'

/** What machines say on the network, for each CloudTrail event of an average hour. */
const ROWS = 0.3

/** Flows of the machines that run all the time. It makes no CloudTrail events. */
export const machines: Habit = { name: 'machines', share: 0.1, run }

function run({ organisation, start, events }: Hour, recorder: Recorder): void {
  const { random } = recorder
  const each = Math.max(1, (events * 10 * ROWS) / organisation.machines.length)
  for (const machine of organisation.machines) {
    for (let left = countAround(recorder, each); left > 0; left--) {
      const time = start + random.whole(0, HOUR - SECOND)
      if (random.chance(0.15)) knock(recorder, machine, time)
      else if (random.chance(0.03)) silence(recorder, machine, time)
      else talk(recorder, organisation, machine, time)
    }
  }
}

function talk(recorder: Recorder, organisation: Organisation, machine: Machine, start: number): void {
  const { random } = recorder
  const common = { machine, start, bytesOut: random.around(9000, 1.4), bytesIn: random.around(20_000, 1.5) }
  const kind = random.share()
  if (kind < 0.35)
    converse(recorder, { ...common, peer: random.pick(organisation.machines).address, peerPort: 8443 })
  // Of the block that S3 publishes.
  else if (kind < 0.7)
    converse(recorder, {
      ...common,
      peer: `52.219.${random.whole(140, 143)}.${random.whole(1, 254)}`,
      peerPort: 443,
      service: 'S3',
    })
  else if (kind < 0.85) converse(recorder, { ...common, peer: organisation.mirror, peerPort: 443 })
  else
    converse(recorder, {
      ...common,
      peer: '169.254.169.123',
      peerPort: 123,
      protocol: 17,
      bytesOut: 76,
      bytesIn: 76,
    })
}
