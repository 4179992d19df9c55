import type { JsonObject } from '../../../src/core/json.ts'
import { compare } from '../../../src/core/order.ts'

export type Row = Readonly<Record<string, unknown>>

/** A case that is not what Splunk gives. */
export interface Judged {
  readonly because: string
  /** The rows that are right, made of those that are given and of the events; none if the search is refused. */
  readonly right?: (given: readonly Row[], events: readonly JsonObject[]) => readonly Row[]
}

const CONTAINER = 'Splunk makes fields of what a container holds, and none of the container itself'
const QUOTES = 'a name with spaces, commas or quotes is put in double quotes'

/** What `top` and `rare` give beside the value: its share of all events. */
function withPercent(name: string): Judged {
  const right: Judged['right'] = (given, events) =>
    given.map(row => {
      const same = events.filter(event => event[name] === row[name])
      return { ...row, percent: (100 * same.length) / events.length }
    })
  return { because: 'top and rare give a percentage too', right }
}

const NULL = 'a JSON null is the text null'

/** @param more what else follows where there is no employer */
function nullIsText(more: Row): Judged {
  const right: Judged['right'] = given =>
    given.map(row => ('employer' in row ? row : { ...row, employer: 'null', ...more }))
  return { because: NULL, right }
}

/** Also listed in `docs/meaning.md`. */
export const JUDGED: ReadonlyMap<string, Judged> = new Map<string, Judged>([
  [
    'doc/eval-relative-snap',
    {
      because: '23:13:19 the day before, snapped to the hour, is 23:00:00',
      right: () => [{ r: Date.UTC(2023, 10, 13, 23) / 1000 }],
    },
  ],
  [
    'ppl/cmd/append.md#L60',
    {
      because: 'sort - puts the largest first',
      right: given => [
        ...given.slice(0, -1).sort((a, b) => Number(b['log_count']) - Number(a['log_count'])),
        ...given.slice(-1),
      ],
    },
  ],
  [
    'ppl/cmd/bin.md#L73',
    {
      because: 'stats leaves out rows without the by-field',
      right: given => given.filter(row => 'duration' in row),
    },
  ],
  [
    'ppl/cmd/bin.md#L121',
    {
      because: 'whole numbers are written without a point',
      right: given => given.map(({ balance }) => ({ balance: String(balance).replaceAll('.0', '') })),
    },
  ],
  [
    'ppl/cmd/bin.md#L281',
    {
      because: 'at most 100 bins are made, of which 11 are enough for 0 to 101',
      right: () => [{ age: '30-40' }],
    },
  ],
  ['ppl/cmd/fields.md#L157', { because: CONTAINER }],
  ['ppl/cmd/fields.md#L203', { because: CONTAINER }],
  ['ppl/cmd/search.md#L133', { because: CONTAINER }],
  [
    'ppl/general/datatypes.md#L271',
    { because: CONTAINER, right: given => given.map(({ city: _, ...inside }) => inside) },
  ],
  ['ppl/cmd/rare.md#L86', withPercent('severityText')],
  ['ppl/cmd/top.md#L31', withPercent('severityText')],
  ['ppl/cmd/top.md#L54', withPercent('severityText')],
  ['ppl/cmd/top.md#L100', withPercent('severityText')],
  ['ppl/general/comments.md#L9', withPercent('gender')],
  [
    'ppl/cmd/reverse.md#L30',
    { because: 'the given rows are not reversed', right: given => given.toReversed() },
  ],
  [
    'ppl/cmd/replace.md#L136',
    {
      because: 'replace takes a whole value unless there are wildcards in the pattern',
      right: (given, events) => {
        const all = events.map(({ address }) => String(address))
        const whole = (text: unknown) => all.find(one => one.toUpperCase() === String(text).toUpperCase())
        return given.map(row => ({ ...row, address: whole(row['address']) }))
      },
    },
  ],
  [
    'ppl/cmd/sort.md#L156',
    {
      because: 'sort puts rows without the field last, whichever way it goes',
      right: (given, events) => {
        const named = events.flatMap(({ instrumentationScope, severityText }) => {
          const { name } = instrumentationScope as { readonly name?: string }
          return name === undefined ? [] : [{ 'instrumentationScope.name': name, severityText }]
        })
        named.sort((a, b) => compare(a['instrumentationScope.name'], b['instrumentationScope.name']))
        return [...named, ...given].slice(0, given.length)
      },
    },
  ],
  ['ppl/functions/aggregations.md#L515', { because: 'latest takes one field' }],
  ['ppl/functions/condition.md#L25', nullIsText({ result: 'False' })],
  ['ppl/functions/condition.md#L47', nullIsText({ status: 'employed' })],
  ['ppl/functions/condition.md#L140', { because: NULL, right: () => [] }],
  ['ppl/functions/condition.md#L524', nullIsText({ result: 'null' })],
  ['ppl/functions/condition.md#L882', { because: 'eval has no operator contains' }],
  ['ppl/functions/datetime.md#L1953', { because: QUOTES }],
  ['ppl/functions/datetime.md#L1966', { because: QUOTES }],
  ['ppl/functions/datetime.md#L1979', { because: QUOTES }],
  ['ppl/functions/math.md#L189', { because: QUOTES }],
  ['ppl/functions/math.md#L246', { because: QUOTES }],
  ['ppl/functions/math.md#L1094', { because: QUOTES }],
  ['ppl/functions/string.md#L83', { because: QUOTES }],
  ['ppl/functions/string.md#L228', { because: QUOTES }],
  ['ppl/functions/string.md#L259', { because: QUOTES }],
  ['ppl/functions/string.md#L333', { because: QUOTES }],
  ['ppl/functions/string.md#L352', { because: 'the text of the query is cut off' }],
  ['ppl/functions/string.md#L371', { because: QUOTES }],
  ['ppl/functions/string.md#L390', { because: QUOTES }],
  ['ppl/functions/string.md#L507', { because: QUOTES }],
  ['ppl/functions/string.md#L604', { because: QUOTES }],
])
