import { extname } from 'node:path'

/** The format asked for, else that of the output file's name, else a table on a terminal and the plain one elsewhere. */
export function formatFor<Name extends string>(
  formats: Readonly<Record<Name | 'table', unknown>>,
  asked: { readonly outputType?: Name | 'table'; readonly output?: string },
  plain: Name,
): Name | 'table' {
  const { outputType, output } = asked
  if (outputType !== undefined) return outputType
  const byName = formatByName(Object.keys(formats) as Name[], output)
  return byName ?? (output === undefined && process.stdout.isTTY === true ? 'table' : plain)
}

/** The format that the name of the output file ends with, if it is one of these. */
export function formatByName<Name extends string>(
  names: readonly Name[],
  output: string | undefined,
): Name | undefined {
  const ending = output === undefined ? '' : extname(output).slice(1).toLowerCase()
  return names.find(name => name === ending)
}
