import { never } from '../core/never.ts'
import { printName, printScalar } from './print-scalar.ts'
import type { Aggregate, Frame, Named, Relation, SortKey, WindowColumn } from './relation.ts'

/** Names that one line shows; the rest is counted. */
const MOST_NAMES = 30

/**
 * A relation as numbered steps for people, one a line, each of which takes the rows of the one before unless it names
 * others. A step that several take stands once.
 */
export function printRelation(relation: Relation): string {
  const printer = new Printer()
  printer.step(relation)
  return printer.lines.map((line, at) => `${at + 1}. ${line}`).join('\n')
}

class Printer {
  readonly lines: string[] = []
  private readonly done = new Map<Relation, number>()

  /** The number of the step that gives the relation's rows. */
  step(relation: Relation): number {
    const before = this.done.get(relation)
    if (before !== undefined) return before
    this.lines.push(this.describe(relation))
    this.done.set(relation, this.lines.length)
    return this.lines.length
  }

  /** Nothing if the step is the one just before. */
  private from(relation: Relation): string {
    const number = this.step(relation)
    return number === this.lines.length ? '' : ` of step ${number}`
  }

  private describe(relation: Relation): string {
    switch (relation.op) {
      case 'table':
        return `table ${printName(relation.table)}: ${names(relation.columns)}`
      case 'rows':
        return `${relation.rows.length} given rows: ${names(relation.columns)}`
      case 'filter':
        return `filter${this.from(relation.from)}: ${printScalar(relation.where)}`
      case 'extend':
        return `extend${this.from(relation.from)}: ${relation.columns.map(named).join('; ')}`
      case 'select':
        return `select${this.from(relation.from)}: ${relation.columns.map(named).join('; ')}`
      case 'group': {
        const from = this.from(relation.from)
        const by = relation.by.length === 0 ? 'all' : `by ${relation.by.map(named).join('; ')}`
        return `group${from} ${by}: ${relation.aggregates.map(aggregate).join('; ')}`
      }
      case 'window':
        return `window${this.from(relation.from)}: ${relation.columns.map(windowColumn).join('; ')}`
      case 'unnest': {
        const { of, as, keepEmpty } = relation
        const from = this.from(relation.from)
        return `unnest${from}: ${printName(as)} from ${printScalar(of)}${keepEmpty ? ', keeping empty' : ''}`
      }
      case 'join': {
        const [left, right] = [this.step(relation.left), this.step(relation.right)]
        return `${relation.how} join of steps ${left} and ${right}: ${printScalar(relation.on)}`
      }
      case 'union':
        return `union of steps ${relation.of.map(part => this.step(part)).join(', ')}`
      case 'distinct':
        return `distinct${this.from(relation.from)}`
      case 'limit': {
        const { count, offset, orderBy } = relation
        const from = this.from(relation.from)
        const after = offset === undefined ? '' : ` after ${offset}`
        return `limit${from}: ${count}${after}${ordered(orderBy)}`
      }
      case 'sort':
        return `sort${this.from(relation.from)}:${ordered(relation.orderBy) || ' as they come'}`
      default:
        return never(relation)
    }
  }
}

function names(columns: readonly { readonly name: string; readonly type: string }[]): string {
  const shown = columns
    .slice(0, MOST_NAMES)
    .map(({ name, type }) => `${printName(name)}${type === 'text' ? '' : ` (${type})`}`)
  const rest = columns.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function named({ name, value }: Named): string {
  return value.kind === 'column' && value.name === name
    ? printName(name)
    : `${printName(name)} = ${printScalar(value)}`
}

function aggregate({ name, ...what }: Aggregate): string {
  return `${printName(name)} = ${aggregateOf(what)}`
}

function aggregateOf({ fn, of, fraction, where, orderBy }: Omit<Aggregate, 'name'>): string {
  const args = [of === undefined ? '' : printScalar(of), fraction === undefined ? '' : String(fraction)]
  const only = where === undefined ? '' : ` where ${printScalar(where)}`
  return `${fn}(${args.filter(text => text !== '').join(', ')})${only}${ordered(orderBy ?? [])}`
}

function windowColumn(column: WindowColumn): string {
  const by =
    column.partitionBy.length === 0 ? '' : ` for each ${column.partitionBy.map(printScalar).join(', ')}`
  return `${printName(column.name)} = ${windowed(column)}${by}${ordered(column.orderBy)}`
}

function windowed(column: WindowColumn): string {
  switch (column.fn) {
    case 'lag':
    case 'lead':
      return `${column.fn} of ${printScalar(column.of)} by ${column.by}`
    case 'aggregate': {
      const { frame } = column
      return `${aggregateOf(column.aggregate)}${frame === undefined ? '' : framed(frame)}`
    }
    default:
      return column.fn
  }
}

function framed({ from, to, by }: Frame): string {
  const start = typeof from === 'object' ? `${printScalar(from)} before` : from
  return ` over ${by === undefined ? 'rows' : 'values'} ${start} to ${to}`
}

function ordered(keys: readonly SortKey[]): string {
  if (keys.length === 0) return ''
  return ` by ${keys.map(({ value, descending }) => `${printScalar(value)}${descending ? ' descending' : ''}`).join(', ')}`
}
