import type { FieldValue } from '../../core/hit.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { textOf } from '../../core/text.ts'
import { field } from '../../plan/expr.ts'
import type { DetectionRule } from '../../plan/rule.ts'
import { matchedFields, shortText } from '../../scan/matched.ts'
import { type FieldReader, reader } from '../../scan/read.ts'
import { lapsedApprovals } from './approval-facts.ts'
import type { Facts, FactsOf } from './hit-facts.ts'

/** What a match says beside the event: the fields that made it, those the rule asks to show, the entity it names. */
export class MatchFacts implements FactsOf {
  readonly rule: number
  private readonly of: DetectionRule
  private readonly carry: readonly string[]
  /** Made at the first match: most rules have none. */
  private made: ((record: JsonObject) => Facts) | undefined
  private readers: readonly FieldReader[] | undefined

  /** @param carry fields whose values rules over this one want */
  constructor(of: DetectionRule, rule: number, carry: readonly string[] = []) {
    this.of = of
    this.carry = carry
    this.rule = rule
  }

  facts(record: JsonObject): Facts {
    this.made ??= factsFor(this.of, this.carry)
    return this.made(record)
  }

  carried(record: JsonObject): readonly (readonly string[])[] {
    this.readers ??= this.carry.map(name => reader(field(name)))
    return this.readers.map(read => allTexts(record, read))
  }
}

function factsFor({ where, meta }: DetectionRule, carry: readonly string[]): (record: JsonObject) => Facts {
  const matched = matchedFields(where)
  const shown = meta.fields.map(name => ({ name, read: reader(field(name)) }))
  const entity = meta.entity === undefined ? undefined : reader(field(meta.entity))
  const lapsed = lapsedApprovals(where)
  const carried = carry.map(name => ({ name, read: reader(field(name)) }))
  return record => {
    const value = entity === undefined ? undefined : firstText(record, entity)
    const approvals = lapsed?.(record) ?? []
    return {
      matched: matched(record),
      shown: shown.flatMap(({ name, read }) => shownValue(name, firstText(record, read))),
      ...(carried.length === 0
        ? {}
        : {
            carried: carried.flatMap(({ name, read }) =>
              allTexts(record, read).map(value => ({ field: name, value })),
            ),
          }),
      ...(approvals.length === 0 ? {} : { approvals }),
      ...(value === undefined ? {} : { entity: value }),
    }
  }
}

/** Values of one field, and UTF-16 units of one value, that are carried. */
const MOST_CARRIED = 1000
const LONGEST_CARRIED = 2048

/** Every value of a field but null, each once; of a list its members. */
function allTexts(record: JsonObject, read: FieldReader): readonly string[] {
  const texts: string[] = []
  let known: Set<string> | undefined
  read(record, value => {
    const text = Array.isArray(value) ? undefined : textOf(value)
    if (text === undefined) return false
    const cut = text.length > LONGEST_CARRIED ? text.slice(0, LONGEST_CARRIED) : text
    // Most fields have one value.
    if (texts.length > 0) known ??= new Set(texts)
    if (known?.has(cut) === true) return false
    known?.add(cut)
    return texts.push(cut) >= MOST_CARRIED
  })
  return texts
}

function shownValue(name: string, value: string | undefined): readonly FieldValue[] {
  return value === undefined ? [] : [{ field: name, value }]
}

/** The first value that is not null. */
function firstText(record: JsonObject, read: FieldReader): string | undefined {
  let found: Json = null
  read(record, value => {
    found = value
    return value !== null
  })
  return found === null ? undefined : shortText(found)
}
