import { GeoLookup, isGeoField, withGeo } from '../../context/geo-fields.ts'
import type { Expr } from '../../plan/expr.ts'
import { fieldsOf } from '../../plan/rule.ts'
import { compile, type EventTest } from '../../scan/compile.ts'
import type { LoadedEvent } from './event-row.ts'

/** Does a condition ask where the address of an event is? */
export function asksOfPlaces(where: Expr | undefined): boolean {
  return where !== undefined && fieldsOf(where).some(({ name }) => isGeoField(name))
}

/** Shows a search events with what databases know of their addresses. */
export class RowPlaces {
  private readonly lookup: GeoLookup
  private readonly test: EventTest | undefined

  /** @param files paths of MMDB files @param where the condition of the search, which has been tried without places */
  constructor(files: readonly string[], where: Expr | undefined) {
    this.lookup = new GeoLookup(files)
    this.test = where !== undefined && asksOfPlaces(where) ? compile(where) : undefined
  }

  /** The event as the search sees it; undefined if the search does not want it. */
  seen(found: LoadedEvent): LoadedEvent | undefined {
    const { source, record } = found
    const grown = withGeo(record, this.lookup.of(source.normalise(record).address))
    if (this.test?.(grown) === false) return undefined
    return grown === record ? found : { ...found, record: grown, made: true }
  }
}
