import { never } from '../core/never.ts'
import type { Expr, Leaf } from '../plan/expr.ts'
import { any } from '../plan/pattern.ts'
import { isValueLeaf, type ValueLeaf } from '../plan/value-leaf.ts'
import { all, type Condition, certain, either, negated, perhaps, unknown } from './condition.ts'
import { mayHoldKeyword } from './event-pretest.ts'
import type { ExprOptions } from './expr-options.ts'
import { printExists, printNull, printValueTests } from './print-field-test.ts'
import { printSame } from './print-same.ts'
import { onText, unsaid } from './print-value-test.ts'
import { sql } from './sql.ts'

/**
 * A condition as SQL over a table of events. For each event it is true or false as the condition is (see
 * `scan/compile.ts`), or not known; then whoever knows the event has to be asked.
 */
export function printExpr(expr: Expr, options: ExprOptions): Condition {
  switch (expr.kind) {
    case 'and':
      return all(expr.of.map(part => printExpr(part, options)))
    case 'or':
      return either(
        printAlternatives(expr.of, options, { tests: of => of, other: part => printExpr(part, options) }),
      )
    case 'not':
      return printNot(expr.of, options)
    default:
      return printLeaf(expr, options)
  }
}

/** Engines stop at the first part that decides, but not within a negation: it goes to the leaves. */
function printNot(expr: Expr, options: ExprOptions): Condition {
  switch (expr.kind) {
    case 'and':
      return either(expr.of.map(part => printNot(part, options)))
    case 'or':
      return all(
        printAlternatives(expr.of, options, { tests: negated, other: part => printNot(part, options) }),
      )
    case 'not':
      return printExpr(expr.of, options)
    default:
      return negated(printLeaf(expr, options))
  }
}

function printLeaf(leaf: Leaf, options: ExprOptions): Condition {
  if (isValueLeaf(leaf)) return printValueTests(leaf.of, [leaf], options)
  switch (leaf.kind) {
    case 'constant':
      return certain(leaf.value ? sql`TRUE` : sql`FALSE`)
    case 'exists':
      return printExists(leaf.of, options)
    case 'null':
      return printNull(leaf.of, options)
    case 'same':
      return printSame(leaf, options)
    case 'keyword':
      return printKeyword(leaf, options)
    default:
      return never(leaf)
  }
}

/** Alternatives over one field are asked together: its values are looked up once. */
function printAlternatives(
  parts: readonly Expr[],
  options: ExprOptions,
  print: { tests(condition: Condition): Condition; other(expr: Expr): Condition },
): readonly Condition[] {
  const fields = new Map<string, ValueLeaf[]>()
  const others: Expr[] = []
  for (const part of flat(parts)) {
    if (!isValueLeaf(part) || unsaid(part) !== undefined) others.push(part)
    else if (!fields.has(part.of.name)) fields.set(part.of.name, [part])
    else fields.get(part.of.name)?.push(part)
  }
  return [
    ...[...fields.values()].flatMap(tests => {
      const [first] = tests
      return first === undefined ? [] : [print.tests(printValueTests(first.of, tests, options))]
    }),
    ...others.map(print.other),
  ]
}

function flat(parts: readonly Expr[]): readonly Expr[] {
  return parts.flatMap(part => (part.kind === 'or' ? flat(part.of) : [part]))
}

function printKeyword(
  leaf: Extract<Leaf, { readonly kind: 'keyword' }>,
  { table, dialect, cheap = false }: ExprOptions,
): Condition {
  const { pattern, caseless, regex } = leaf
  // The field does not matter: the text is there.
  const of = { kind: 'field', name: '', path: [] } as const
  const test: ValueLeaf =
    regex === undefined
      ? { kind: 'match', of, pattern: [any, ...pattern, any], caseless }
      : { kind: 'regex', of, regex }
  const reason = unsaid(test)
  if (reason !== undefined) return unknown(reason)
  const { some, scalars, textOf, where } = dialect.events
  const found = some(
    scalars(table.raw),
    sql`v`,
    where(sql`s`, textOf(sql`v`), onText([test], sql`s`, dialect)),
  )
  const pretest = mayHoldKeyword(
    pattern,
    { caseless, ...(regex === undefined ? {} : { regex }) },
    table.raw,
    dialect,
  )
  if (cheap) return pretest === undefined ? unknown() : perhaps(pretest, false)
  return certain(pretest === undefined ? found : sql`CASE WHEN ${pretest} THEN ${found} ELSE FALSE END`)
}
