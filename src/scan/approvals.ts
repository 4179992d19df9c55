import type { JsonObject } from '../core/json.ts'
import type { ApprovalPlace, Expr } from '../plan/expr.ts'
import { compile } from './compile.ts'
import { replaced } from './relaxed.ts'

const NEVER: Expr = { kind: 'constant', value: false }

/** The condition as if nothing were approved that it names under a `not`; undefined if it names no approvals there. */
export function withoutApprovals(where: Expr): Expr | undefined {
  return withApprovals(where, () => NEVER)
}

/** The condition as if the approvals that it names under a `not` held at any time; undefined if it names none there. */
export function withTimeless(where: Expr): Expr | undefined {
  return withApprovals(where, ({ of: [value = NEVER] }) => value)
}

/** A value of a table of approvals, and whether its entry holds at the time of the event. */
type Approval = Extract<Expr, { readonly kind: 'and' }>

function withApprovals(where: Expr, by: (approval: Approval) => Expr): Expr | undefined {
  let any = false
  const changed = replaced(where, (part, wanted) => {
    if (wanted || part.kind !== 'and' || part.approvals === undefined) return undefined
    any = true
    return by(part)
  })
  return any ? changed : undefined
}

/** The approvals through which a condition comes to something else for an event than one that was made of it here, each once. */
export function approvalsBetween(where: Expr, other: Expr): (event: JsonObject) => readonly ApprovalPlace[] {
  const collect = collector(where, other)
  return event => {
    const found = new Map<string, ApprovalPlace>()
    collect(event, place => found.set(`${place.table} ${place.row}`, place))
    return [...found.values()]
  }
}

type Collect = (event: JsonObject, tell: (place: ApprovalPlace) => void) => void

/** Goes through the parts that come to something else. */
function collector(where: Expr, other: Expr): Collect {
  if (where === other) return () => {}
  const [one, two] = [compile(where), compile(other)]
  const inside = insideOf(where, other)
  return (event, tell) => {
    if (one(event) !== two(event)) inside(event, tell)
  }
}

function insideOf(where: Expr, other: Expr): Collect {
  if (where.kind === 'and' && where.approvals !== undefined) {
    const { approvals } = where
    return (_, tell) => approvals.forEach(tell)
  }
  if (where.kind === 'not' && other.kind === 'not') return collector(where.of, other.of)
  if ((where.kind !== 'and' && where.kind !== 'or') || other.kind !== where.kind) return () => {}
  const parts = where.of.flatMap((part, at) => {
    const same = other.of[at] ?? part
    return same === part ? [] : [collector(part, same)]
  })
  return (event, tell) => {
    for (const part of parts) part(event, tell)
  }
}
