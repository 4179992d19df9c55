import { isObject, type Json, type JsonObject, member, objectMember, textMember } from '../../core/json.ts'
import { isoTime, parseDuration, parseTime } from '../../core/time.ts'

/** Events that one fixture may ask for. */
const MOST = 100_000

/**
 * A block of a page as the content of a log file. JSON is an event or a list of events, of which
 * `{"$repeat": 30, "$every": "10m", "event": {…}}` stands for thirty, ten minutes apart: in each of them the texts that
 * are the time of the first are moved, and `$n` is its number. Anything else is taken as it is.
 */
export function expanded(block: string): string {
  if (!/^\s*[[{]/.test(block)) return `${block}\n`
  const value = JSON.parse(block) as Json
  const events = (Array.isArray(value) ? value : [value]).flatMap(repeated)
  return events.map(event => `${JSON.stringify(event)}\n`).join('')
}

function repeated(value: Json): readonly Json[] {
  const event = isObject(value) ? objectMember(value, 'event') : undefined
  const count = isObject(value) ? member(value, '$repeat') : undefined
  if (!isObject(value) || event === undefined || typeof count !== 'number') return [value]
  const every = parseDuration(textMember(value, '$every') ?? '') ?? 0
  const time = timeOf(event)
  return Array.from({ length: Math.min(count, MOST) }, (_, at) => {
    const number = String(at + 1).padStart(12, '0')
    return moved(event, text => {
      if (time !== undefined && text === time.text) return isoTime(time.ms + at * every)
      return text.replaceAll('$n', number)
    })
  })
}

/** The first text that is a time. */
function timeOf(event: JsonObject): { readonly text: string; readonly ms: number } | undefined {
  for (const value of Object.values(event)) {
    const ms = typeof value === 'string' && value.includes(':') ? parseTime(value) : undefined
    if (typeof value === 'string' && ms !== undefined) return { text: value, ms }
  }
  return undefined
}

function moved(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(member => moved(member, change))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner, change)]))
}
