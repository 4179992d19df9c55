import type { JsonStep, Scalar } from '../../../plan/scalar.ts'
import { both, call, column, compare, isNull, known, not, number, text } from '../../../plan/scalars.ts'
import { jsonPath, printJsonPath } from './json-path.ts'

/** A path with a test on the members of a list, as in `a[?(@.Name == 'x')].Value`. */
export interface JsonFilter {
  readonly before: readonly JsonStep[]
  /** All of them must hold. */
  readonly tests: readonly MemberTest[]
  readonly after: readonly JsonStep[]
}

interface MemberTest {
  readonly path: readonly JsonStep[]
  /** Nothing: there is such a value. */
  readonly op?: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'
  readonly value?: string
}

const FILTER = /^([^?]*)\[\?\((.+)\)\]([^?]*)$/s
const TEST = /^\s*@\.?([\w.\-[\]']*)\s*(?:(==|!=|<=|>=|<|>)\s*(?:'([^']*)'|"([^"]*)"|([\w.+-]+))\s*)?$/
const OPERATORS: ReadonlyMap<string, NonNullable<MemberTest['op']>> = new Map([
  ['==', 'eq'],
  ['!=', 'ne'],
  ['<', 'lt'],
  ['<=', 'lte'],
  ['>', 'gt'],
  ['>=', 'gte'],
])

/** Undefined if the path has no test, or one that is not understood. */
export function jsonFilter(raw: string): JsonFilter | undefined {
  const [, before, condition, after] = FILTER.exec(raw.replace(/\\"/g, '"')) ?? []
  if (before === undefined || condition === undefined || after === undefined) return undefined
  const tests = condition.split('&&').flatMap(each => testOf(each) ?? [])
  if (tests.length !== condition.split('&&').length) return undefined
  return { before: jsonPath(before), tests, after: jsonPath(after) }
}

function testOf(written: string): MemberTest | undefined {
  const [, path, operator, single, double, plain] = TEST.exec(written) ?? []
  if (path === undefined) return undefined
  const op = OPERATORS.get(operator ?? '')
  const value = single ?? double ?? plain
  return op === undefined || value === undefined
    ? { path: jsonPath(path) }
    : { path: jsonPath(path), op, value }
}

const MEMBER = '$member'

/** What the members that fit hold, as a JSON list; null if there is nothing. */
export function filtered(of: Scalar, { before, tests, after }: JsonFilter): Scalar {
  const member = column(MEMBER, 'text')
  const all: Scalar = { kind: 'json', of, path: [...before, 'all'], type: 'list' }
  const fitting: Scalar = {
    kind: 'each',
    how: 'filter',
    of: all,
    name: MEMBER,
    body: both(...tests.map(each => holds(member, each))),
    type: 'list',
  }
  const values: Scalar = {
    kind: 'each',
    how: 'map',
    of: fitting,
    name: MEMBER,
    body: call('json_reached', member, text(printJsonPath(after))),
    type: 'list',
  }
  return call('concat', text('['), call('list_join', values, text(',')), text(']'))
}

function holds(member: Scalar, { path, op, value }: MemberTest): Scalar {
  const of: Scalar = { kind: 'json', of: member, path, type: 'text' }
  if (op === undefined || value === undefined) return not(isNull(of))
  if (op === 'eq' || op === 'ne') return known(compare(op, of, text(value), { how: 'text' }))
  return known(compare(op, call('number_of', of), number(Number(value)), { how: 'number' }))
}
