import { extname } from 'node:path'

/** The format asked for, else that of the output file's name, else a table on a terminal and the plain one elsewhere. */
export function formatFor<Name extends string>(
  formats: Readonly<Record<Name | 'table', unknown>>,
  asked: { readonly outputType?: Name | 'table'; readonly output?: string },
  plain: Name,
): Name | 'table' {
  const { outputType, output } = asked
  if (outputType !== undefined) return outputType
  const name = output === undefined ? '' : extname(output).slice(1).toLowerCase()
  const byName = (Object.keys(formats) as Name[]).find(format => format === name)
  return byName ?? (output === undefined && process.stdout.isTTY === true ? 'table' : plain)
}
