import type { Cell } from '../../src/plan/relation.ts'
import type { CompareAs, Comparison, Scalar } from '../../src/plan/scalar.ts'
import { matchesWhole } from './glob.ts'

export type Row = ReadonlyMap<string, Cell>

/**
 * The meaning of a scalar for one row, as plainly as it can be said; it shares no code with `src/sql`. Of functions
 * it knows those that the random plans use.
 */
export function scalar(value: Scalar, row: Row): Cell {
  const of = (inner: Scalar): Cell => scalar(inner, row)
  switch (value.kind) {
    case 'column':
      return row.get(value.name) ?? null
    case 'literal':
      return value.value
    case 'null':
      return of(value.of) === null
    case 'known':
      return of(value.of) === true
    case 'not': {
      const inner = of(value.of)
      return inner === null ? null : inner !== true
    }
    case 'and':
    case 'or':
      return logic(value.kind, value.of.map(of))
    case 'choose': {
      const branch = value.when.find(one => of(one.if) === true)
      const chosen = branch?.then ?? value.otherwise
      return chosen === undefined ? null : of(chosen)
    }
    case 'compare':
      return compared(of(value.left), of(value.right), value)
    case 'like': {
      const text = of(value.of)
      return text === null ? null : matchesWhole(value.pattern, String(text), value.caseless)
    }
    case 'each':
      return each(value, row)
    case 'call':
      return called(value.fn, value.args.map(of))
    default:
      throw new Error(`the plain evaluator has no ${value.kind}`)
  }
}

function logic(kind: 'and' | 'or', parts: readonly Cell[]): Cell {
  const decides = kind === 'or'
  if (parts.includes(decides)) return decides
  return parts.includes(null) ? null : !decides
}

interface How {
  readonly op: Comparison
  readonly as: CompareAs
  readonly caseless: boolean
}

function compared(left: Cell, right: Cell, { op, as, caseless }: How): Cell {
  if (left === null || right === null) return null
  const numbers = [numberOf(left), numberOf(right)]
  const [first, second] = numbers
  const isNumeric = as === 'number' || (as === 'auto' && !numbers.includes(null))
  if (isNumeric) return SIGNS[op]((first ?? 0) - (second ?? 0))
  const fold = (cell: Cell): string => (caseless ? String(cell).toLowerCase() : String(cell))
  return SIGNS[op](byCodePoint(fold(left), fold(right)))
}

const SIGNS: Readonly<Record<Comparison, (distance: number) => boolean>> = {
  eq: distance => distance === 0,
  ne: distance => distance !== 0,
  lt: distance => distance < 0,
  lte: distance => distance <= 0,
  gt: distance => distance > 0,
  gte: distance => distance >= 0,
}

/** The order of UTF-8 is that of code points. */
export function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

/** A number, or what a text says of one. */
export function numberOf(cell: Cell): number | null {
  if (typeof cell === 'number' || cell === null) return cell
  const text = String(cell).trim()
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null
}

function each({ how, of, name, body }: Extract<Scalar, { readonly kind: 'each' }>, row: Row): Cell {
  const list = scalar(of, row)
  if (!Array.isArray(list)) return null
  const answer = (member: string): Cell => scalar(body, new Map([...row, [name, member]]))
  if (how === 'any') return list.some(member => answer(member) === true)
  const made =
    how === 'filter'
      ? list.filter(member => answer(member) === true)
      : list.map(answer).filter(isThere).map(String)
  return made.length === 0 ? null : made
}

function isThere(cell: Cell): boolean {
  return cell !== null
}

function called(fn: string, args: readonly Cell[]): Cell {
  const [first = null, second = null] = args
  if (first === null || (args.length > 1 && second === null)) return null
  switch (fn) {
    case 'concat':
      return args.join('')
    case 'add':
      return Number(first) + Number(second)
    case 'divide':
      return second === 0 ? null : Number(first) / Number(second)
    case 'length':
      return [...String(first)].length
    case 'number_of':
      return numberOf(first)
    case 'list_length':
      return (first as readonly string[]).length
    case 'list_join':
      return (first as readonly string[]).join(String(second))
    case 'list_contains':
      return (first as readonly string[]).includes(String(second))
    default:
      throw new Error(`the plain evaluator has no ${fn}`)
  }
}
