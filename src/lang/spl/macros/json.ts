import { type Outcome, ok, Problems, refused } from '../../../core/diagnostic.ts'
import { isObject, type Json, type JsonObject, member, objectMember, textMember } from '../../../core/json.ts'
import type { Macro, Macros } from './macro.ts'

/**
 * Reads macros from JSON: an object, or one under `macros`, of `name` or `name(2)` to a definition, or to
 * `{definition, arguments}`.
 */
export function readMacrosJson(text: string): Outcome<Macros> {
  const problems = new Problems()
  const root = parsed(text)
  if (typeof root === 'string') return refuse(problems, root)
  const macros = new Map<string, Macro>()
  for (const [key, value] of Object.entries(objectMember(root, 'macros') ?? root)) {
    if (key === 'about') continue
    const macro = typeof value === 'string' ? plain(value) : isObject(value) ? described(value) : undefined
    if (macro === undefined) problems.error('spl/macros', `the macro "${key}" has no definition`)
    else macros.set(key.replaceAll(/\s/g, ''), macro)
  }
  return problems.failed ? refused(problems.list) : ok(macros, problems.list)
}

/** The object, or the reason why there is none. */
function parsed(text: string): JsonObject | string {
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : 'macros in JSON are one object'
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return `it is no JSON: ${error.message}`
    throw error
  }
}

function plain(definition: string): Macro {
  return { arguments: [], definition, computed: false }
}

function described(value: JsonObject): Macro | undefined {
  const definition = textMember(value, 'definition')
  const names = member(value, 'arguments') ?? member(value, 'args')
  if (definition === undefined) return undefined
  const list = Array.isArray(names) ? names : []
  return {
    arguments: list.filter((name): name is string => typeof name === 'string'),
    definition,
    computed: member(value, 'iseval') === true,
  }
}

function refuse(problems: Problems, message: string): Outcome<Macros> {
  problems.error('spl/macros', message)
  return refused(problems.list)
}
