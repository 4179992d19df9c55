import type { Json, JsonObject } from '../core/json.ts'
import { textOf } from '../core/text.ts'
import type { Expr, Field } from '../plan/expr.ts'
import { isValueLeaf } from '../plan/value-leaf.ts'
import { compile } from './compile.ts'
import { reader, type ValueTest } from './read.ts'
import { valueTest } from './value-test.ts'

/** A field and a value of it that made a rule match, as text. */
export interface Matched {
  readonly field: string
  readonly value: string
}

/** Longer values are cut, with an ellipsis. */
const LONGEST = 300

type Collect = (event: JsonObject, out: Matched[]) => void

/** Collects the fields, with their values, through which a condition holds. Call it only for events that match. */
export function matchedFields(expr: Expr): (event: JsonObject) => readonly Matched[] {
  const collect = collector(expr)
  return event => {
    const out: Matched[] = []
    collect(event, out)
    return out
  }
}

function collector(expr: Expr): Collect {
  if (expr.kind === 'and') return each(expr.of.map(collector))
  if (expr.kind === 'or') return each(expr.of.map(onlyIfTrue))
  if (expr.kind === 'not' || expr.kind === 'constant' || expr.kind === 'null') return () => {}
  if (expr.kind === 'keyword') return () => {}
  return ofField(expr.of, isValueLeaf(expr) ? valueTest(expr) : () => true)
}

function each(collectors: readonly Collect[]): Collect {
  return (event, out) => {
    for (const collect of collectors) collect(event, out)
  }
}

function onlyIfTrue(expr: Expr): Collect {
  const test = compile(expr)
  const collect = collector(expr)
  return (event, out) => {
    if (test(event)) collect(event, out)
  }
}

/** The first value that passes; of a container and its members the container, unless a member says it more shortly. */
function ofField(field: Field, test: ValueTest): Collect {
  const read = reader(field)
  return (event, out) => {
    let best: Json | undefined
    read(event, value => {
      if (!test(value)) return false
      best = value
      return typeof value !== 'object'
    })
    if (best !== undefined) out.push({ field: field.name, value: shortText(best) })
  }
}

/** The text of a value, cut where it is long. */
export function shortText(value: Json): string {
  const text = textOf(value) ?? 'null'
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
