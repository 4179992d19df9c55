import type { Evidence, FieldValue, Hit } from '../../core/hit.ts'
import { isoTime, parseTime } from '../../core/time.ts'
import { entityOf } from '../../findings/entity.ts'
import type { Finding } from '../../findings/finding.ts'
import { FindingGroups } from '../../findings/group.ts'
import type { RuleFacts } from '../../findings/hit.ts'
import { shortened } from '../../findings/texts.ts'
import type { SearchRule } from '../../rules/search-rule.ts'
import { approvalPlaces } from '../named-approvals.ts'
import { factsOf } from '../rule-facts.ts'
import { cellTexts, eventOfRow } from './row-event.ts'
import { keyOf, TIMES } from './row-key.ts'
import type { FoundRow } from './run-search.ts'

/** What a row is in a finding; undefined if it makes none. */
export type OnHit = (hit: Hit) => Hit | undefined

/** The rows of one rule as findings, grouped by its entity; rows that several windows gave count once. */
export function rowFindings(
  rule: SearchRule,
  rows: readonly FoundRow[],
  caveats: readonly string[],
  known: OnHit,
): { readonly findings: readonly Finding[]; readonly hits: number } {
  const distinct = onceEach(rule, rows)
  const told = new Map<string, Told[]>()
  const isEvents = distinct.some(({ event }) => event !== undefined)
  const facts = searchFacts(rule, told, { caveats, explains: !isEvents || rule.risk?.message !== undefined })
  const groups = new FindingGroups([facts])
  for (const row of distinct) {
    const hit = known(hitOf(rule, row))
    if (hit === undefined) continue
    groups.add(hit)
    const key = shortened(entityOf(facts, hit).value)
    const list = told.get(key) ?? []
    told.set(key, list)
    list.push({ time: hit.event.time ?? row.window.to, row })
  }
  const findings = [...groups.finish()]
  return {
    findings: isEvents ? findings : findings.map(finding => ({ ...finding, evidence: [] })),
    hits: distinct.length,
  }
}

interface Told {
  readonly time: number
  readonly row: FoundRow
}

/** Rows of different windows are the same if they are of the same event, or agree in what is no measure. */
function onceEach(rule: SearchRule, rows: readonly FoundRow[]): readonly FoundRow[] {
  const distinct = new Map<string, FoundRow>()
  for (const row of rows) {
    const key = rule.schedule === undefined ? String(distinct.size) : keyOf(row)
    if (!distinct.has(key)) distinct.set(key, row)
  }
  return [...distinct.values()]
}

function hitOf(rule: SearchRule, row: FoundRow): Hit {
  const { values, event: found } = row
  const entity = entityText(rule, row)
  const shown = [...values].flatMap(([field, cell]) =>
    SHOWN_ONCE.has(field) ? [] : cellTexts(cell).map(value => ({ field, value })),
  )
  const event = found?.event ?? eventOfRow(row)
  const fields = rule.meta.fields
  const some = (list: readonly FieldValue[]): readonly FieldValue[] =>
    fields.length === 0 && found === undefined ? list : list.filter(({ field }) => fields.includes(field))
  return {
    rule: 0,
    event,
    evidence: found?.evidence ?? NO_EVENT,
    matched: [],
    shown: some(shown),
    ...(entity === undefined ? {} : { entity }),
    ...(row.approvals === undefined ? {} : { approvals: approvalPlaces(row.approvals) }),
  }
}

/** What a row is attributed to, as findings are. */
export function entityOfRow(rule: SearchRule, row: FoundRow): string {
  return entityText(rule, row) ?? entityOf(factsOf(rule), hitOf(rule, row)).value
}

const SHOWN_ONCE: ReadonlySet<string> = new Set(['_raw'])

/** A row that was computed of many events points at none of them. */
const NO_EVENT: Evidence = { event_id: '', event_time: '', file: '', record: 0, sha256: '' }

/** The columns that the rule names, else those of its message. */
function entityColumns({ entity, risk }: SearchRule): readonly string[] {
  if (entity.length > 0) return entity
  const named = [...(risk?.message ?? '').matchAll(VARIABLE)].map(([, name = '']) => name)
  return [...new Set(named)]
}

function entityText(rule: SearchRule, { values }: FoundRow): string | undefined {
  const columns = entityColumns(rule)
  const parts = columns.map(name => cellTexts(values.get(name)).join(' '))
  return parts.every(part => part === '') ? undefined : parts.map(part => part || '-').join(', ')
}

function searchFacts(
  rule: SearchRule,
  told: ReadonlyMap<string, readonly Told[]>,
  { caveats, explains }: { readonly caveats: readonly string[]; readonly explains: boolean },
): RuleFacts {
  const { impact, confidence } = rule.risk ?? {}
  const risk =
    impact === undefined || confidence === undefined
      ? {}
      : {
          risk: {
            impact,
            confidence,
            score: Math.round((impact * confidence) / 100),
            parts: [`impact ${impact} and confidence ${confidence}: as the rule says`],
          },
        }
  const columns = entityColumns(rule)
  return {
    ...factsOf(rule),
    ...(columns.length === 0 ? {} : { entity: columns.join(', ') }),
    sections: { ...risk, ...(caveats.length === 0 ? {} : { caveats }) },
    ...(explains
      ? { because: (entity, first, last) => because(rule, told.get(entity) ?? [], first, last) }
      : {}),
  }
}

/** Rows that one finding tells of. */
const MOST_TOLD = 5

function because(rule: SearchRule, rows: readonly Told[], first: number, last: number): readonly string[] {
  const within = rows.filter(({ time }) => time >= first && time <= last)
  const lines = within.slice(0, MOST_TOLD).flatMap(({ row }) => linesOf(rule, row))
  const rest = within.length - MOST_TOLD
  return [...new Set(lines), ...(rest > 0 ? [`and ${rest} more rows`] : [])]
}

function linesOf(rule: SearchRule, row: FoundRow): readonly string[] {
  const { risk, schedule } = rule
  const { values, window, event } = row
  const message = risk?.message === undefined ? [] : [messageOf(risk.message, row)]
  if (event !== undefined) return message
  const listed = [...values].flatMap(([name, cell]) => {
    const texts = cellTexts(cell)
    if (texts.length === 0 || SHOWN_ONCE.has(name)) return []
    return [`${name}=${TIMES.has(name) ? timeText(texts) : shortened(texts.join(', '))}`]
  })
  const span = `${isoTime(window.from)} to ${isoTime(window.to)}`
  const where = schedule === undefined ? 'over all events' : `in the window ${span}`
  return [...message, `${where}: ${listed.join(' · ')}`]
}

function timeText([text = '']: readonly string[]): string {
  const time = parseTime(text)
  return time === undefined ? text : isoTime(time)
}

const VARIABLE = /\$([A-Za-z_][\w.{}]*)\$/g

/** The message with the values of the row; a variable that has none stays as it is, so that it shows. */
function messageOf(message: string, { values }: FoundRow): string {
  return message.replace(VARIABLE, (whole, name: string) => cellTexts(values.get(name)).join(', ') || whole)
}
