import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/core/json.ts'
import { type ApprovalPlace, type Expr, field } from '../../src/plan/expr.ts'
import { approvalsBetween, withoutApprovals, withTimeless } from '../../src/scan/approvals.ts'
import { compile } from '../../src/scan/compile.ts'

const is = (name: string, text: string): Expr => ({
  kind: 'match',
  of: field(name),
  pattern: [text],
  caseless: true,
})

const FIELDS = ['a', 'b', 'c']
const VALUES = ['1', '2']

const leaf = fc
  .tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...VALUES))
  .map(([name, text]) => is(name, text))
/** An approval of a value, of which the event says itself whether it holds. */
const approval = fc.tuple(leaf, fc.integer({ min: 0, max: 4 })).map(([value, row]): Expr => {
  const approvals = [{ table: 'approved', row }]
  return { kind: 'and', of: [value, is(`holds${row}`, 'yes')], approvals }
})
const where = fc.letrec<{ readonly expr: Expr }>(tie => {
  const many = fc.array(tie('expr'), { minLength: 1, maxLength: 3 })
  return {
    expr: fc.oneof(
      { maxDepth: 4 },
      leaf,
      approval,
      many.map((of): Expr => ({ kind: 'and', of })),
      many.map((of): Expr => ({ kind: 'or', of })),
      tie('expr').map((of): Expr => ({ kind: 'not', of })),
    ),
  }
}).expr
const event: fc.Arbitrary<JsonObject> = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...FIELDS), fc.constantFrom(...VALUES)),
      fc.tuple(
        fc.constantFrom('holds0', 'holds1', 'holds2', 'holds3', 'holds4'),
        fc.constantFrom('yes', 'no'),
      ),
    ),
    { maxLength: 12 },
  )
  .map(Object.fromEntries)

/** The condition with some approvals under a `not` made to come to something else: written again, by what is asked. */
function having(expr: Expr, by: (place: ApprovalPlace, own: Expr) => Expr, negated = false): Expr {
  if (expr.kind === 'not') return { ...expr, of: having(expr.of, by, !negated) }
  if (expr.kind !== 'and' && expr.kind !== 'or') return expr
  const [place] = expr.kind === 'and' ? (expr.approvals ?? []) : []
  if (place !== undefined && negated) return by(place, expr)
  return { ...expr, of: expr.of.map(inner => having(inner, by, negated)) }
}

const numRuns = Number(process.env['RUNS'] ?? 500)
const NEVER: Expr = { kind: 'constant', value: false }

test('without approvals more holds, and those that are named for an event are what kept it away', () => {
  fc.assert(
    fc.property(where, event, (condition, given) => {
      const without = withoutApprovals(condition)
      const holds = compile(condition)(given)
      const free = compile(having(condition, () => NEVER))(given)
      expect(compile(without ?? condition)(given)).toBe(free)
      expect(holds && !free).toBe(false)
      const named = approvalsBetween(condition, without ?? condition)(given)
      expect(named.length > 0).toBe(holds !== free)
      const rows = named.map(({ row }) => row)
      // Each of them holds, and together they are enough.
      for (const row of rows) expect(given[`holds${row}`]).toBe('yes')
      const lifted = having(condition, ({ row }, own) => (rows.includes(row) ? NEVER : own))
      expect(compile(lifted)(given)).toBe(free)
    }),
    { numRuns },
  )
})

test('approvals that held at no such time are named where they would have kept the event away', () => {
  fc.assert(
    fc.property(where, event, (condition, given) => {
      const timeless = withTimeless(condition) ?? condition
      const [holds, held] = [compile(condition)(given), compile(timeless)(given)]
      expect(!holds && held).toBe(false)
      const named = approvalsBetween(condition, timeless)(given)
      expect(named.length > 0).toBe(holds !== held)
      for (const { row } of named) expect(given[`holds${row}`]).not.toBe('yes')
    }),
    { numRuns },
  )
})

test('a condition without approvals under a "not" is left alone', () => {
  const approved: Expr = {
    kind: 'and',
    of: [is('a', '1'), is('holds0', 'yes')],
    approvals: [{ table: 'approved', row: 0 }],
  }
  for (const condition of [
    is('a', '1'),
    approved,
    { kind: 'not', of: { kind: 'not', of: approved } } as const,
  ])
    expect([withoutApprovals(condition), withTimeless(condition)]).toEqual([undefined, undefined])
})
