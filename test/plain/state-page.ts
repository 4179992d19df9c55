import type { JsonObject } from '../../src/core/json.ts'
import { textOf } from '../../src/core/text.ts'
import { field } from '../../src/plan/expr.ts'
import { valuesOf } from '../../src/scan/read.ts'
import type { Signal } from '../../src/state/signal.ts'

/** What a page of a correlation may leave out. */
const FRAME = '\ntitle: Page\nid: page\nlevel: high\n'

/**
 * The documents of a page: a correlation alone is framed, and for each action in the events (and under `logs`, for
 * actions that do not come) there is a rule of that name.
 */
export function documentsOf(rule: string, events: readonly JsonObject[], others: readonly string[]): string {
  const framed = rule.startsWith('correlation:') ? rule + FRAME : rule
  const actions = [...new Set([...events.map(event => String(event['eventName'])), ...others])].sort()
  const bases = actions.map(
    action => `title: ${action}
id: ${action}
level: low
logsource: {product: aws, service: cloudtrail}
detection: {selection: {eventName: ${action}}, condition: selection}
`,
  )
  return [framed, ...bases].join('\n---\n')
}

/** An event as a signal with all the fields that anybody wants. */
export function signalOf(event: JsonObject, fields: readonly string[]): Signal {
  const values = fields.map(name => {
    const texts = valuesOf(event, field(name)).flatMap(value =>
      Array.isArray(value) ? [] : (textOf(value) ?? []),
    )
    return [name, [...new Set(texts)]] as const
  })
  return {
    rule: String(event['eventName']),
    time: Date.parse(String(event['eventTime'])),
    id: String(event['eventID']),
    values: Object.fromEntries(values),
    evidence: 0,
  }
}
