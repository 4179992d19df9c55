import type { Option } from 'commander'

/** What the help says of an option: `how to print: table, json (default: table)`. */
export function optionDescription(option: Option): string {
  const { description, argChoices, defaultValue, defaultValueDescription } = option
  const choices = argChoices === undefined ? '' : `: ${argChoices.join(', ')}`
  const unasked = defaultValueDescription ?? (option.negate ? undefined : defaultValue)
  return `${description}${choices}${unasked === undefined ? '' : ` (default: ${unasked})`}`
}
