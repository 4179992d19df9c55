import type { Diagnostic } from '../../core/diagnostic.ts'
import { nearest } from '../../core/nearest.ts'
import type { Option } from './syntax/tree.ts'

/** What an option's value must be. */
export type OptionType = 'text' | 'boolean' | 'number' | readonly string[] | Refused

/** An option of Splunk that runs only with these values, if with any, and why. */
interface Refused {
  readonly only: readonly string[]
  readonly why: string
}
export type OptionTypes = { readonly [name: string]: OptionType }

/** What is wrong with an option's value, if anything is. */
export function wrongValue({ name, value, at }: Option, type: OptionType): Diagnostic | undefined {
  if (typeof type === 'object' && 'only' in type) return refusedValue({ name, value, at }, type)
  if (fits(value, type)) return undefined
  const wanted = typeof type === 'string' ? `a ${type}` : `one of ${type.join(', ')}`
  const near = typeof type === 'string' ? undefined : nearest(value, type)
  return {
    code: 'spl/option-value',
    severity: 'error',
    message: `"${value}" is no value of ${name}, which is ${wanted}`,
    at,
    ...(near === undefined ? {} : { help: `did you mean "${near}"?` }),
  }
}

function refusedValue({ name, value, at }: Option, { only, why }: Refused): Diagnostic | undefined {
  if (only.includes(value.toLowerCase())) return undefined
  const message = `${name}=${value} does not run here: ${why}`
  return { code: 'spl/unsupported-option', severity: 'error', message, at }
}

/** An option that runs only if it is off. */
export function onlyOff(why: string): OptionType {
  return { only: ['f', 'false', '0', 'no'], why }
}

function fits(value: string, type: Exclude<OptionType, Refused>): boolean {
  switch (type) {
    case 'text':
      return true
    case 'boolean':
      return /^(t|true|f|false|0|1|yes|no)$/i.test(value)
    case 'number':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(value)
    default:
      return type.includes(value.toLowerCase())
  }
}

/** What to do about an option that is not there. */
export function optionHelp(name: string, types: OptionTypes): string | undefined {
  const known = Object.keys(types)
  const near = nearest(name, known)
  if (near !== undefined) return `did you mean "${near}"?`
  return known.length > 0 ? `there is ${known.join(', ')}` : undefined
}

/** The value of an option as it was last given. */
export function optionOf(options: readonly Option[], name: string): string | undefined {
  return options.findLast(option => option.name === name)?.value
}

export function isOn(options: readonly Option[], name: string, otherwise = false): boolean {
  const value = optionOf(options, name)
  return value === undefined ? otherwise : /^(t|true|1|yes)$/i.test(value)
}

export function numberOf(options: readonly Option[], name: string, otherwise: number): number {
  const value = optionOf(options, name)
  return value === undefined ? otherwise : Number(value)
}
