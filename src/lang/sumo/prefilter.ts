import { field, type Expr as Test } from '../../plan/expr.ts'
import { glob } from './lower/glob.ts'
import { comparedText } from './lower/texts.ts'
import { asksForStart } from './start-time.ts'
import type { Expr, Pipeline, Scope, Stage } from './syntax.ts'
import { pipelinesIn } from './walk.ts'

/**
 * What the raw events must be for the query to need them, as far as that is certain: a field that is there decides;
 * one that is missing may be found elsewhere, so it lets the event through. Nothing is certain if a subquery reads
 * events of its own, or if it depends on all events whether a category counts or when the search begins.
 */
export function prefilter(query: Pipeline): Test | undefined {
  if (query.scope !== undefined && namesCategory(query.scope)) return undefined
  if (pipelinesIn(query).some(({ stages }) => stages.some(({ op }) => op === 'compose'))) return undefined
  if (asksForStart(query)) return undefined
  const tests: Test[] = []
  /** Paths of the fields that were extracted from the message; undefined for what else a stage set. */
  const paths = new Map<string, string | undefined>()
  for (const stage of query.stages) {
    if (stage.op === 'where') tests.push(...certain(stage.test, paths))
    else if (!follow(stage, paths)) break
  }
  return tests.length === 0 ? undefined : { kind: 'and', of: tests }
}

function namesCategory(scope: Scope): boolean {
  switch (scope.kind) {
    case 'and':
    case 'or':
      return scope.of.some(namesCategory)
    case 'not':
      return namesCategory(scope.of)
    case 'metadata':
      return scope.name.toLowerCase() === '_sourcecategory' && !/^(?:\*|\{\{[^{}]*\}\})$/.test(scope.raw)
    default:
      return false
  }
}

type Paths = Map<string, string | undefined>

/** Takes note of the fields that a stage sets; false if its rows depend on others, or its fields are not known. */
function follow(stage: Stage, paths: Paths): boolean {
  const set = (name: string, path?: string): void => {
    paths.set(name.toLowerCase(), paths.has(name.toLowerCase()) ? undefined : path)
  }
  switch (stage.op) {
    case 'json': {
      const whole = stage.field === undefined || stage.field.name.toLowerCase() === '_raw'
      for (const { path, as } of stage.items) set(as?.name ?? path.raw, whole ? path.raw : undefined)
      return true
    }
    case 'parse':
      for (const { as } of stage.items) for (const { name } of as) set(name)
      return true
    case 'expression':
      if (stage.as !== undefined) set(stage.as.name)
      return stage.as !== undefined
    case 'timeslice':
      set(stage.as?.name ?? '_timeslice')
      return stage.step !== undefined
    case 'nothing':
      return true
    default:
      return false
  }
}

function certain(expr: Expr, paths: Paths): readonly Test[] {
  switch (expr.kind) {
    case 'and':
      return [...certain(expr.left, paths), ...certain(expr.right, paths)]
    case 'or': {
      const [left, right] = [certain(expr.left, paths), certain(expr.right, paths)]
      return left.length === 1 && right.length === 1 ? [{ kind: 'or', of: [...left, ...right] }] : []
    }
    case 'compare':
      return expr.op === '=' ? oneOf(expr.left, [expr.right], paths, literalPattern) : []
    case 'in':
      return expr.negated ? [] : oneOf(expr.of, expr.list, paths, literalPattern)
    case 'matches':
      return expr.negated ? [] : oneOf(expr.of, [expr.pattern], paths, glob)
    default:
      return []
  }
}

function literalPattern(text: string) {
  return [text]
}

function oneOf(of: Expr, values: readonly Expr[], paths: Paths, read: typeof glob): readonly Test[] {
  if (of.kind !== 'field') return []
  const name = paths.has(of.name.toLowerCase()) ? paths.get(of.name.toLowerCase()) : of.name
  const texts = values.map(value => (value.kind === 'text' ? comparedText(value.raw) : ''))
  if (name === undefined || !/^[A-Za-z]\w*(\.\w+)*$/.test(name) || !texts.every(isPlain)) return []
  const native = field(name)
  const tests = texts.map(
    (text): Test => ({ kind: 'match', of: native, pattern: read(text), caseless: true }),
  )
  return [{ kind: 'or', of: [...tests, { kind: 'null', of: native }] }]
}

/** Neither a number, which may be written in several ways, nor a parameter, nor beyond ASCII, where cases differ. */
function isPlain(text: string): boolean {
  return (
    /^[\x20-\x7e]+$/.test(text) && /[A-Za-z]/.test(text) && !/^[-+.\d{[]/.test(text) && !text.includes('{{')
  )
}
