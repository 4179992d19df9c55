import { type GeoLookup, type GeoValues, isGeoField, withGeo } from '../../context/geo-fields.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Expr, Field } from '../../plan/expr.ts'
import { type DetectionRule, fieldsOf } from '../../plan/rule.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import { type FieldReader, reader } from '../../scan/read.ts'
import { relaxed } from '../../scan/relaxed.ts'
import type { Source } from '../../sources/source.ts'

/** Does a rule, or one over it, ask where the address of an event is? */
export function asksForPlaces({ where, meta }: DetectionRule, carry: readonly string[] = []): boolean {
  const names = [...fieldsOf(where).map(({ name }) => name), ...carry, ...meta.fields]
  return names.some(isGeoField) || isGeoField(meta.entity ?? '')
}

/** The condition without what it asks of places, for a first look. */
export function withoutPlaces(where: Expr): Expr {
  return relaxed(where, isGeoField)
}

/** Tests what the first look let through, and shows a rule the event with what is known of its address. */
export class GeoRules {
  private readonly source: Source
  private readonly lookup: GeoLookup
  /** By the rule's place: absent if it asks for no place; `undefined` if only rules over it do. */
  private readonly tests: ReadonlyMap<number, EventTest | undefined>
  private record: JsonObject | undefined
  private values: GeoValues = new Map()
  private grown: JsonObject | undefined

  /** @param rules by their places among those of the source; those that ask for no place are absent */
  constructor(source: Source, lookup: GeoLookup, rules: ReadonlyMap<number, Expr>) {
    this.source = source
    this.lookup = lookup
    const fields = (field: Field): FieldReader => this.reader(field)
    this.tests = new Map(
      [...rules].map(([place, where]) => {
        const asked = fieldsOf(where).some(({ name }) => isGeoField(name))
        return [place, asked ? compile(where, fields) : undefined] as const
      }),
    )
  }

  /** Those of the matches that hold with what is known of the address. */
  kept(matches: readonly number[], record: JsonObject): readonly number[] {
    if (!matches.some(match => this.tests.get(match) !== undefined)) return matches
    this.look(record)
    return matches.filter(match => this.tests.get(match)?.(record) !== false)
  }

  /** The event as a rule sees it. */
  seen(match: number, record: JsonObject): JsonObject {
    if (!this.tests.has(match)) return record
    this.look(record)
    this.grown ??= withGeo(record, this.values)
    return this.grown
  }

  private look(record: JsonObject): void {
    if (this.record === record) return
    this.record = record
    this.values = this.lookup.of(this.source.normalise(record).address)
    this.grown = undefined
  }

  /** What the log itself says of a place goes before a database. */
  private reader(field: Field): FieldReader {
    const own = reader(field)
    if (!isGeoField(field.name)) return own
    return (event, test) => {
      if (own(event, () => true)) return own(event, test)
      const value = this.values.get(field.name)
      return value !== undefined && test(value)
    }
  }
}
