import { translates } from '../sources/aliases/alias.ts'
import { type Asking, aliasFor } from '../sources/aliases/aliases.ts'
import type { Source } from '../sources/source.ts'
import { join, name, quote, type Sql, sql } from '../sql/sql.ts'
import { aliasColumn } from './alias-column.ts'
import { type LakeColumn, NO_LIST } from './lake-column.ts'
import { tableOf } from './tables/tables.ts'

/** Whose names the fields have: as in `sources/fields`. */
export type NameStyle = 'splunk' | 'sumo'

/** What is known of the events of one source. */
export interface FieldFacts {
  readonly source: Source
  readonly style: NameStyle
  /** Names, in lower case, that a search gives to values of its own: no aliases. */
  readonly own?: ReadonlySet<string> | undefined
  /** Dotted names of the fields that occur. */
  readonly fields: ReadonlySet<string>
  /** Those promoted ones of them whose value is no text in some events. */
  readonly exceptions: ReadonlySet<string>
  /** Those of the fields that are sometimes null or a number that is not whole; undefined if it is not known which are. */
  readonly odd: ReadonlySet<string> | undefined
  /** Keys of events that have a dot of their own. */
  readonly dottedKeys: readonly string[]
  /** Names of what collectors say of events. */
  readonly around: ReadonlySet<string>
  /** True for every event that is wanted: of others nothing is read out of JSON, however the engine orders its tests. */
  readonly wanted?: Sql
}

/** Reads fields of one source by name. */
export class LakeColumns {
  private readonly source: Source
  private readonly style: NameStyle
  private readonly asking: Asking
  private readonly fields: ReadonlySet<string>
  private readonly exceptions: ReadonlySet<string>
  private readonly odd: ReadonlySet<string> | undefined
  private readonly dottedKeys: readonly string[]
  private readonly around: ReadonlySet<string>
  private readonly wanted: Sql | undefined
  /** A field that occurs, by its own name. */
  private readonly read = (field: string): LakeColumn | undefined =>
    this.fields.has(field.replaceAll('{}', '')) ? this.path(field) : undefined

  constructor({ source, style, own, fields, exceptions, odd, dottedKeys, around, wanted }: FieldFacts) {
    this.source = source
    this.style = style
    this.asking = { style, ...(own === undefined ? {} : { own }) }
    this.fields = fields
    this.exceptions = exceptions
    this.odd = odd
    this.dottedKeys = dottedKeys
    this.around = around
    this.wanted = wanted
  }

  /** Undefined if no event has such a field. */
  of(field: string): LakeColumn | undefined {
    const own = this.native(field) ?? this.aliased(field)
    const fixed = own === undefined ? this.fixed(field) : undefined
    const written = field === '_raw' || field === '_time'
    return written || !this.around.has(field) ? (own ?? fixed) : this.told(field, own, fixed)
  }

  /** What a collector says goes before what is commonly said, and after what the event says. */
  private told(field: string, own: LakeColumn | undefined, fixed: LakeColumn | undefined): LakeColumn {
    const path = quote(pathText([field]))
    const text = this.ifWanted(sql`json_extract_string(around, ${path})`)
    const told: LakeColumn = { value: text, type: 'text' }
    const ways = [own, told, fixed].filter(way => way !== undefined)
    if (ways.every(({ type }) => type === 'text'))
      return {
        value: sql`coalesce(${join(
          ways.map(({ value }) => value),
          ', ',
        )})`,
        type: 'text',
      }
    const lists = ways.map(({ value, type }) => (type === 'list' ? value : sql`list_members([${value}])`))
    return { value: sql`coalesce(${join(lists, ', ')})`, type: 'list' }
  }

  private aliased(field: string): LakeColumn | undefined {
    const alias = aliasFor(this.source, field, this.asking)
    if (alias !== undefined) return aliasColumn(alias, this.read)
    const { inside } = this.source
    return inside === undefined || this.style === 'sumo' ? undefined : this.native(inside + field)
  }

  /** A field with an alias of its own name, such as `errorCode`, falls back on it. */
  private native(field: string): LakeColumn | undefined {
    const plain = this.style === 'splunk' ? field.replaceAll('{}', '') : field
    if (!this.fields.has(plain)) return undefined
    const value = this.path(field)
    const alias = aliasFor(this.source, field, this.asking)
    if (alias === undefined || value.type !== 'text') return value
    if (translates(alias, field)) return aliasColumn(alias, this.read)
    return { ...value, value: sql`coalesce(${value.value}, ${aliasColumn(alias, this.read).value})` }
  }

  private fixed(field: string): LakeColumn | undefined {
    const { sourcetypes, sourceCategories, sources, named } = this.source.tags
    switch (field) {
      case '_time':
        return { value: sql`event_ms / 1000.0`, type: 'number' }
      case '_raw':
        return { value: sql`coalesce(message, raw)`, type: 'text' }
      case 'source':
        return sources === undefined && named === undefined
          ? { value: sql`file`, type: 'text' }
          : { value: this.withOwn(sql`list_concat([file], ${texts(sources ?? [])})`), type: 'list' }
      case 'sourcetype':
        return { value: this.withOwn(texts(sourcetypes)), type: 'list' }
      case '_sourceCategory':
        return { value: texts(sourceCategories), type: 'list' }
      case '_sourceName':
        return this.style === 'sumo' ? { value: sql`file`, type: 'text' } : undefined
      default:
        return undefined
    }
  }

  /** With the names that the value of a field makes. */
  private withOwn(names: Sql): Sql {
    const { named } = this.source.tags
    const value = named === undefined ? undefined : this.read(named.field)?.value
    if (named === undefined || value === undefined) return names
    const own = join(
      named.before.map(text => sql`${quote(text)} || ${value}`),
      ', ',
    )
    return sql`list_concat(${names}, CASE WHEN ${value} IS NULL THEN [] ELSE [${own}] END)`
  }

  /** The promoted column, the part or the whole event that a path leads into; before it, a key that has dots itself. */
  private path(field: string): LakeColumn {
    const found = this.nested(field)
    const key = this.dottedKeys.find(dotted => field === dotted || field.startsWith(`${dotted}.`))
    if (key === undefined || found.type !== 'text') return found
    const rest = field === key ? [] : this.steps(field.slice(key.length + 1))
    return { ...found, value: sql`coalesce(${this.leaf(sql`raw`, [key, ...rest])}, ${found.value})` }
  }

  private nested(field: string): LakeColumn {
    const steps = this.steps(field)
    const { promoted, parts } = tableOf(this.source.id)
    const own = promoted.find(promoted => promoted.name === field)
    if (own !== undefined) return { value: this.promoted(field, name(own.column)), type: 'text' }
    const part = parts.find(
      ({ path }) => path.length < steps.length && path.every((key, at) => steps[at] === key),
    )
    const from = part === undefined ? sql`raw` : name(part.column)
    const rest = part === undefined ? steps : steps.slice(part.path.length)
    if (!rest.includes(EACH)) {
      const isEven = this.style === 'splunk' && this.odd?.has(field) === false
      return { value: isEven ? this.evenLeaf(from, rest) : this.leaf(from, rest), type: 'text' }
    }
    const members = sql`json_extract(${from}, ${quote(pathText(rest))})`
    const texts = sql`list_members(list_transform(${members}, lambda m: json_field(m, '$', 'null')))`
    return { value: this.ifWanted(texts), type: 'list' }
  }

  private promoted(field: string, column: Sql): Sql {
    if (!this.exceptions.has(field)) return column
    const odd = this.leaf(sql`exceptions`, [field])
    return sql`coalesce(${column}, CASE WHEN exceptions IS NOT NULL THEN ${odd} END)`
  }

  /** Only Splunk has names for the members of lists. */
  private steps(field: string): readonly string[] {
    return this.style === 'splunk' ? stepsOf(field) : field.split('.')
  }

  private leaf(from: Sql, steps: readonly string[]): Sql {
    const path = quote(pathText(steps))
    return this.ifWanted(
      this.style === 'splunk' ? sql`json_field(${from}, ${path}, 'null')` : sql`json_leaf(${from}, ${path})`,
    )
  }

  /** The same for a field that is not odd: the JSON is read once. */
  private evenLeaf(from: Sql, steps: readonly string[]): Sql {
    return this.ifWanted(sql`json_extract_string(json_value(${from}, ${quote(pathText(steps))}), '$')`)
  }

  private ifWanted(value: Sql): Sql {
    return this.wanted === undefined ? value : sql`CASE WHEN ${this.wanted} THEN ${value} END`
  }
}

/** A step over every member of a list. */
const EACH = '{}'

/** `a.b{}.c` as `a`, `b`, `{}`, `c`. */
function stepsOf(field: string): readonly string[] {
  return field.split('.').flatMap(part => {
    const key = part.replace(/(?:\{\})+$/, '')
    const lists = (part.length - key.length) / EACH.length
    return [...(key === '' ? [] : [key]), ...new Array<string>(lists).fill(EACH)]
  })
}

function pathText(steps: readonly string[]): string {
  return `$${steps.map(step => (step === EACH ? '[*]' : `."${step.replace(/["\\]/g, '\\$&')}"`)).join('')}`
}

function texts(values: readonly string[]): Sql {
  return values.length === 0 ? NO_LIST : sql`[${join(values.map(quote), ', ')}]`
}
