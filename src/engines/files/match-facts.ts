import type { FieldValue, Hit } from '../../core/hit.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { textOf } from '../../core/text.ts'
import { field } from '../../plan/expr.ts'
import type { DetectionRule } from '../../plan/rule.ts'
import { matchedFields, shortText } from '../../scan/matched.ts'
import { type FieldReader, reader } from '../../scan/read.ts'

type Facts = Pick<Hit, 'matched' | 'shown' | 'carried' | 'entity'>

/** What a match says beside the event: the fields that made it, those the rule asks to show, the entity it names. */
export class MatchFacts {
  /** Place of the rule among all that run. */
  readonly rule: number
  private readonly of: DetectionRule
  private readonly carry: readonly string[]
  /** Made at the first match: most rules have none. */
  private made: ((record: JsonObject) => Facts) | undefined

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
}

function factsFor({ where, meta }: DetectionRule, carry: readonly string[]): (record: JsonObject) => Facts {
  const matched = matchedFields(where)
  const shown = meta.fields.map(name => ({ name, read: reader(field(name)) }))
  const entity = meta.entity === undefined ? undefined : reader(field(meta.entity))
  const carried = carry.map(name => ({ name, read: reader(field(name)) }))
  return record => {
    const value = entity === undefined ? undefined : firstText(record, entity)
    return {
      matched: matched(record),
      shown: shown.flatMap(({ name, read }) => shownValue(name, firstText(record, read))),
      ...(carried.length === 0
        ? {}
        : { carried: carried.flatMap(({ name, read }) => allTexts(name, record, read)) }),
      ...(value === undefined ? {} : { entity: value }),
    }
  }
}

/** Values of one field, and UTF-16 units of one value, that are carried. */
const MOST_CARRIED = 1000
const LONGEST_CARRIED = 2048

/** Every value of a field but null, each once; of a list its members. */
function allTexts(name: string, record: JsonObject, read: FieldReader): readonly FieldValue[] {
  const texts = new Set<string>()
  read(record, value => {
    const text = Array.isArray(value) ? undefined : textOf(value)
    if (text !== undefined) texts.add(text.length > LONGEST_CARRIED ? text.slice(0, LONGEST_CARRIED) : text)
    return texts.size >= MOST_CARRIED
  })
  return [...texts].map(value => ({ field: name, value }))
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
