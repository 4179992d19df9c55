import { never } from '../../core/never.ts'
import { type Expr, type Field, field } from '../../plan/expr.ts'
import { duringTest } from '../../plan/iso-time.ts'
import type { Pattern } from '../../plan/pattern.ts'
import { latin1 } from './modifiers/encoding.ts'
import type { Item, Operand } from './modifiers/modifier.ts'
import type { ItemKey, Reading } from './reading.ts'
import { mapField } from './taxonomy.ts'
import { timeField } from './time-field.ts'
import { openEnds } from './wildcards.ts'

/** The condition that an item is once its modifiers are applied. */
export function buildItem(key: ItemKey, item: Item, reading: Reading): Expr {
  const test = key.field === '' ? keywordTest(item) : fieldTest(key, item, reading)
  const timed = (operand: Operand): Expr => withTime(test(operand), operand, reading)
  const values = item.values.map(value => anyOf(value.operands.map(timed)))
  const joined = item.every ? allOf(values) : anyOf(values)
  return item.negated ? { kind: 'not', of: joined } : joined
}

/** One of them as it is, more as an `or`; none is false. */
export function anyOf(tests: readonly Expr[]): Expr {
  const [only] = tests
  if (only === undefined) return { kind: 'constant', value: false }
  return only !== undefined && tests.length === 1 ? only : { kind: 'or', of: tests }
}

/** One of them as it is, more as an `and`. */
export function allOf(tests: readonly Expr[]): Expr {
  const [only] = tests
  return only !== undefined && tests.length === 1 ? only : { kind: 'and', of: tests }
}

/** What is approved for a time is compared only with events of that time. */
function withTime(test: Expr, { during }: Operand, { logsource }: Reading): Expr {
  const name = during === undefined ? undefined : timeField(logsource)
  if (during === undefined || name === undefined) return test
  return { kind: 'and', of: [test, duringTest(field(name), during)], approvals: during.approvals }
}

function keywordTest(item: Item): (operand: Operand) => Expr {
  return operand => {
    if (operand.kind === 'regex')
      return { kind: 'keyword', pattern: [], caseless: false, regex: operand.regex }
    const bytes = operand.kind === 'bytes' ? [latin1(operand.bytes)] : []
    const pattern = operand.kind === 'text' ? operand.pattern : bytes
    return { kind: 'keyword', pattern, caseless: item.caseless }
  }
}

/** A field that the raw log calls by several names is tested under each. */
function fieldTest(key: ItemKey, item: Item, reading: Reading): (operand: Operand) => Expr {
  const fields = named(key.field, key, reading)
  return operand => {
    if (operand.kind === 'reference') {
      const others = named(operand.name, key, reading)
      return anyOf(fields.flatMap(of => others.map(other => sameTest(of, other, item))))
    }
    const tests = fields.map(of => leaf(of, operand, item))
    const absent = operand.kind === 'null' || (operand.kind === 'presence' && !operand.present)
    return absent ? allOf(tests) : anyOf(tests)
  }
}

function named(name: string, key: ItemKey, reading: Reading): readonly Field[] {
  return mapField(reading.logsource, name).map(native => field(native, key.at))
}

function sameTest(of: Field, other: Field, item: Item): Expr {
  return { kind: 'same', of, other, how: item.how, caseless: item.caseless }
}

function leaf(of: Field, operand: Exclude<Operand, { kind: 'reference' }>, item: Item): Expr {
  switch (operand.kind) {
    case 'text':
      return textTest(of, operand.pattern, item)
    case 'bytes':
      return textTest(of, [latin1(operand.bytes)], item)
    case 'number':
      return { kind: 'number', of, value: operand.value, text: operand.text }
    case 'boolean':
      return { kind: 'boolean', of, value: operand.value }
    case 'null':
      return { kind: 'null', of }
    case 'regex':
      return { kind: 'regex', of, regex: operand.regex }
    case 'network':
      return { kind: 'cidr', of, network: { text: operand.text } }
    case 'presence':
      return operand.present ? { kind: 'exists', of } : { kind: 'not', of: { kind: 'exists', of } }
    case 'order': {
      const { order, value, digits } = operand
      if (item.part !== undefined) return { kind: 'compare', of, order, value, part: item.part }
      return { kind: 'compare', of, order, value, ...(digits === undefined ? {} : { digits }) }
    }
    default:
      return never(operand)
  }
}

function textTest(of: Field, pattern: Pattern, item: Item): Expr {
  const start = item.how === 'contains' || item.how === 'endswith'
  const end = item.how === 'contains' || item.how === 'startswith'
  return { kind: 'match', of, pattern: openEnds(pattern, start, end), caseless: item.caseless }
}
