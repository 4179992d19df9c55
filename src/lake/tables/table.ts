/** A native field that has a column of its own: its dotted path, and the column's name. */
export interface Promoted {
  /** Dotted. */
  readonly name: string
  readonly path: readonly string[]
  readonly column: string
}

/** How events of one source lie in the lake, beside the envelope that all have. */
export interface LakeTable {
  /** Id of the source. */
  readonly source: string
  /** Text fields that searches often ask for. */
  readonly promoted: readonly Promoted[]
  /** Large objects that are kept apart as JSON, so that a path into one does not read the whole event. */
  readonly parts: readonly Promoted[]
}

/** Dotted names as columns in lower case with underscores; a second one of the same name has `_1` behind it. */
export function columns(...names: readonly string[]): readonly Promoted[] {
  const counts = new Map<string, number>()
  return names.map(name => {
    const column = snake(name)
    const before = counts.get(column) ?? 0
    counts.set(column, before + 1)
    return { name, path: name.split('.'), column: before === 0 ? column : `${column}_${before}` }
  })
}

function snake(name: string): string {
  return name
    .replaceAll(/[.-]/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}
