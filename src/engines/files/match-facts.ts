import type { FieldValue, Hit } from '../../core/hit.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import { field } from '../../plan/expr.ts'
import type { DetectionRule } from '../../plan/rule.ts'
import { matchedFields, shortText } from '../../scan/matched.ts'
import { type FieldReader, reader } from '../../scan/read.ts'

type Facts = Pick<Hit, 'matched' | 'shown' | 'entity'>

/** What a match says beside the event: the fields that made it, those the rule asks to show, the entity it names. */
export class MatchFacts {
  /** Place of the rule among all that run. */
  readonly rule: number
  private readonly of: DetectionRule
  /** Made at the first match: most rules have none. */
  private made: ((record: JsonObject) => Facts) | undefined

  constructor(of: DetectionRule, rule: number) {
    this.of = of
    this.rule = rule
  }

  facts(record: JsonObject): Facts {
    this.made ??= factsFor(this.of)
    return this.made(record)
  }
}

function factsFor({ where, meta }: DetectionRule): (record: JsonObject) => Facts {
  const matched = matchedFields(where)
  const shown = meta.fields.map(name => ({ name, read: reader(field(name)) }))
  const entity = meta.entity === undefined ? undefined : reader(field(meta.entity))
  return record => {
    const value = entity === undefined ? undefined : firstText(record, entity)
    return {
      matched: matched(record),
      shown: shown.flatMap(({ name, read }) => shownValue(name, firstText(record, read))),
      ...(value === undefined ? {} : { entity: value }),
    }
  }
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
