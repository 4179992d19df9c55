import { SOURCE_MACROS } from './source-macros.ts'

/** A piece of search text with a name. `$argument$` in the definition stands for what a call gives. */
export interface Macro {
  readonly arguments: readonly string[]
  readonly definition: string
  /** The definition is an eval expression without fields, whose value is the text. */
  readonly computed: boolean
}

/** Macros by `name`, or `name(2)` for one with two arguments. */
export type Macros = ReadonlyMap<string, Macro>

/** The key of a macro with so many arguments. */
export function macroKey(name: string, count: number): string {
  return count === 0 ? name : `${name}(${count})`
}

/** What Splunk's own add-ons ship and published searches rely on, and where these look for logs. */
const BUILTIN: Macros = new Map([
  ...Object.entries(SOURCE_MACROS).map(([name, type]) => [name, macro(`sourcetype="${type}"`)] as const),
  ['drop_dm_object_name(1)', macro('rename "$object$.*" as "*"', ['object'])],
  ['summariesonly', macro('summariesonly=false')],
  [
    'security_content_summariesonly',
    macro('summariesonly=false allow_old_summaries=true fillnull_value=null'),
  ],
  ['comment(1)', macro('', ['text'])],
  ['security_content_ctime(1)', macro('convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)', ['field'])],
  ['ctime(1)', macro('convert timeformat="%m/%d/%Y %H:%M:%S" ctime($field$)', ['field'])],
])

/** `search *`, which is what the filter macro of a published detection is until somebody fills it. */
const NO_FILTER = macro('search *')

/** The macro of that key: a given one, a built-in one, or the empty filter for `…_filter`. */
export function findMacro(key: string, given: Macros): Macro | undefined {
  return given.get(key) ?? BUILTIN.get(key) ?? (/^\w+_filter$/.test(key) ? NO_FILTER : undefined)
}

/** The names that a call may use, for "did you mean". */
export function macroNames(given: Macros): readonly string[] {
  return [...given.keys(), ...BUILTIN.keys()]
}

function macro(definition: string, names: readonly string[] = []): Macro {
  return { arguments: names, definition, computed: false }
}
