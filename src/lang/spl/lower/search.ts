import type { Span } from '../../../core/diagnostic.ts'
import type { Environment, Lowering } from '../../../plan/lowering.ts'
import { extend, type Pipeline, visible } from '../../../plan/pipeline.ts'
import type { Cell } from '../../../plan/relation.ts'
import { as, coalesce } from '../../../plan/scalars.ts'
import { type CommandKind, commands } from '../commands/index.ts'
import { IGNORED, UNSUPPORTED } from '../commands/unsupported.ts'
import type { Search, Stage, Stages, Term } from '../syntax/tree.ts'
import { type Context, has, maybe, refuse, type SearchWindow } from './context.ts'
import { lowerExpression } from './expression.ts'
import { withOneOrigin } from './origins.ts'
import { writtenBounds } from './time-modifiers.ts'
import { tablesToCome } from './written-first.ts'

/** No rows, which is what a command that makes its own begins with. */
const NO_ROWS: Pipeline = { relation: { op: 'rows', columns: [], rows: [] }, order: [] }

/** Rows of a subsearch that its condition is made of, as in Splunk. */
const SUBSEARCH_ROWS = 10_000

/** Lowers a whole search; `read` gives the trees of texts that only become known on the way. */
export function lowerSearch(
  search: Search,
  environment: Environment,
  read: (text: string, at: Span) => Search,
): Lowering<Pipeline> {
  const one = withOneOrigin(environment, search)
  const context = contextOf(windowOf(search, environment), {
    environment: one,
    read,
    toCome: tablesToCome(search),
  })
  return shownAs(stages(search, undefined, context), context)
}

function contextOf(window: SearchWindow, whole: Pick<Context, 'environment' | 'read' | 'toCome'>): Context {
  const { environment } = whole
  const context: Context = {
    ...whole,
    window,
    formats: [],
    delimiters: new Map(),
    lower: (inner, rows) => {
      const looked = rows === undefined ? windowOf(inner, environment) : window
      return stages(inner, rows, contextOf(looked, whole))
    },
    value: (expression, rows) => lowerExpression(expression, rows, context),
    condition: inner => condition(inner, context),
  }
  return context
}

/** Without a beginning it begins in 1970. */
function windowOf(search: Search, { now, earliest = 0 }: Environment): SearchWindow {
  const written = writtenBounds(search, now)
  return { earliest, latest: now, ...written, written }
}

/** The rows as `fieldformat` shows them, where they still have its fields. */
function* shownAs(lowering: Lowering<Pipeline>, context: Context): Lowering<Pipeline> {
  const rows = yield* lowering
  return context.formats.reduce((before, { field, value }) => {
    if (!has(before, field.name)) return before
    const made = as('text', lowerExpression(value, before, context))
    return extend(before, [{ name: field.name, value: coalesce(made, maybe(before, field.name)) }])
  }, rows)
}

function* stages({ stages: all }: Search, given: Pipeline | undefined, context: Context): Lowering<Pipeline> {
  const [first] = all
  let rows = given ?? (first !== undefined && makesRows(first) ? NO_ROWS : context.environment.events)
  for (const stage of all) rows = yield* lowerStage(stage, rows, context)
  return rows
}

/** A search reads the events. */
const NO_MAKERS: ReadonlySet<string> = new Set(['search'])

function makesRows(stage: Stage): boolean {
  if (NO_MAKERS.has(stage.kind) || !(stage.kind in commands)) return false
  return commands[stage.kind as CommandKind].generates === true
}

function* lowerStage(stage: Stage, rows: Pipeline, context: Context): Lowering<Pipeline> {
  if (stage.kind === 'unknown')
    return refuse('spl/unknown-command', `"${stage.name}" could not be read`, stage.at)
  if (stage.kind === 'unsupported') {
    const reason = UNSUPPORTED.get(stage.name) ?? 'it is not implemented here'
    return refuse('spl/unsupported-command', `the command "${stage.name}" does not run: ${reason}`, stage.at)
  }
  if (stage.kind === 'ignored') {
    context.environment.note({
      code: 'spl/ignored-command',
      severity: 'warning',
      message: `"${stage.name}" leaves the rows as they are here: ${IGNORED.get(stage.name) ?? ''}`,
      at: stage.at,
    })
    return rows
  }
  return yield* known(stage.kind, stage, rows, context)
}

function* known<Kind extends CommandKind>(
  kind: Kind,
  stage: Stages[Kind],
  rows: Pipeline,
  context: Context,
): Lowering<Pipeline> {
  const { lower } = commands[kind]
  if (lower === undefined)
    return refuse('spl/unsupported-command', `the command "${kind}" does not run`, stage.at)
  const made = lower(stage, rows, context)
  return 'next' in made ? yield* made : made
}

/** Rows as a condition: fields of a row are joined by `and`, rows by `or`; a field `search` is text of its own. */
function* condition(search: Search, context: Context): Lowering<Term | undefined> {
  const rows = yield* context.lower(search)
  const { relation } = { relation: { op: 'sort', from: rows.relation, orderBy: rows.order } as const }
  const answer = yield { relation, limit: SUBSEARCH_ROWS, why: 'rows of a subsearch' }
  if (answer.more) {
    context.environment.note({
      code: 'spl/subsearch-rows',
      severity: 'warning',
      message: `the subsearch gives more than ${SUBSEARCH_ROWS} rows; the rest is left out, as in Splunk`,
      at: search.at,
    })
  }
  const names = visible(rows)
    .map(({ name }) => name)
    .filter(name => !name.startsWith('_'))
  const [only] = names
  if (names.length === 1 && only !== undefined && only !== 'search' && only !== 'query') {
    const values = answer.rows.flatMap(row => texts(row[only]))
    return values.length === 0
      ? undefined
      : { kind: 'in', field: { name: only, at: search.at }, values, at: search.at }
  }
  const parts = answer.rows
    .map(row => rowTerm(row, names, search.at, context))
    .filter(term => term !== undefined)
  return parts.length === 0 ? undefined : { kind: 'or', of: parts }
}

function rowTerm(
  row: { readonly [column: string]: Cell },
  names: readonly string[],
  at: Span,
  context: Context,
): Term | undefined {
  const parts = names.flatMap((name): readonly Term[] => {
    const values = texts(row[name])
    if (values.length === 0) return []
    if (name === 'search' || name === 'query') return values.flatMap(text => textTerm(text, at, context))
    return [{ kind: 'in', field: { name, at }, values, at }]
  })
  return parts.length === 0 ? undefined : { kind: 'and', of: parts }
}

function textTerm(text: string, at: Span, context: Context): readonly Term[] {
  // What format says of no rows at all.
  if (/^NOT\s*\(\s*\)$/.test(text.trim())) return [{ kind: 'or', of: [] }]
  const stage = context.read(text, at).stages[0]
  return stage?.kind === 'search' && stage.term !== undefined ? [stage.term] : []
}

function texts(cell: Cell | undefined): readonly string[] {
  if (cell === null || cell === undefined) return []
  return typeof cell === 'object' ? cell : [String(cell)]
}
