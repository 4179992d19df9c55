import { OWN_PREFIX } from './column.ts'
import { PARAMETERS } from './parameters.ts'
import { TABLES } from './tables/index.ts'

/** The tables, their columns, keys and types, and the parameters, as `context schema --json` prints them. */
export function schema() {
  return {
    own_columns: `${OWN_PREFIX}*`,
    files: ['<table>.yaml', '<table>.yml', '<table>.csv'],
    tables: TABLES.map(({ name, kind, about, columns, key, oneOf = [], reviewDays }) => ({
      name,
      kind,
      about,
      key,
      one_of: oneOf,
      ...(reviewDays === undefined ? {} : { review_days: reviewDays }),
      columns: columns.map(({ name: column, type, required, list, words, about: meaning }) => ({
        name: column,
        type,
        required,
        list,
        ...(words === undefined ? {} : { values: words }),
        about: meaning,
      })),
    })),
    parameters: PARAMETERS.map(({ name, type, about, initial, words, least, most }) => ({
      name,
      type,
      about,
      default: initial,
      ...(words === undefined ? {} : { values: words }),
      ...(least === undefined ? {} : { minimum_ms: least }),
      ...(most === undefined ? {} : { maximum_ms: most }),
    })),
  }
}
