import { cell } from '../../context/row.ts'
import { firstFew } from '../../core/quantity.ts'
import type { World } from '../analytic.ts'
import type { Cases } from '../cases.ts'
import { approvalOf } from './approval.ts'
import { type Bulk, type BulkFlows, bulkMove } from './bulk-flows.ts'
import type { Coverage } from './coverage.ts'
import { decide } from './decide.ts'
import { sendAll } from './departure.ts'
import { gatherDecision } from './gather.ts'
import type { Judging } from './judging.ts'
import { newSession, note, type Session } from './session.ts'

interface Desk {
  readonly world: World
  readonly cases: Cases
  readonly coverage: Coverage
  readonly judging: Judging
  readonly bulk: BulkFlows
}

/** Much that left own machines of accounts with sensitive buckets whose reads nobody records: nobody can say what it was. */
export function unexplained(desk: Desk): readonly Session[] {
  return [...desk.bulk.all()].flatMap(bulk => sessionOf(desk, bulk) ?? [])
}

function sessionOf({ world, cases, coverage, judging }: Desk, bulk: Bulk): Session | undefined {
  const silent = coverage.silentIn(bulk.account)
  const names = silent.map(row => cell(row, 'name') ?? '')
  const bucket = firstFew(names, 3)
  const move = names.length === 0 ? undefined : bulkMove(bulk, bucket)
  if (move === undefined) return undefined
  const decision = decide(world.context, move)
  const key = JSON.stringify(['unknown', bulk.machine, bucket, 'flow', bulk.network])
  const session = newSession({
    key,
    bucket,
    identity: 'unknown',
    latest: move,
    sensitive: silent[0],
    news: { axes: [], known: false },
  })
  const approval = approvalOf(world.context, move, bulk.bytes)
  const told = judging.open(session, 'told', { move, decision, approval })
  for (const flow of bulk.flows) cases.add(told.case, flow.event)
  sendAll(told, bulk.flows, { count: bulk.connections, bytes: bulk.bytes })
  gatherDecision(told, move, decision)
  if (bulk.isNew) note(told.newDestinations, decision.destination)
  note(told.addresses, bulk.flows[0]?.from)
  told.unobserved = names
  return session
}
