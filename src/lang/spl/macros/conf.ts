import { type Outcome, ok, Problems, refused } from '../../../core/diagnostic.ts'
import type { Macro, Macros } from './macro.ts'

/**
 * Reads Splunk's `macros.conf`: stanzas `[name]` or `[name(2)]` with `definition`, `args` and `iseval`; other keys
 * are passed over. A value goes on in the next line behind a backslash.
 */
export function readMacrosConf(text: string): Outcome<Macros> {
  const problems = new Problems()
  const macros = new Map<string, Macro>()
  let stanza: Stanza | undefined
  const close = (): void => {
    if (stanza !== undefined && stanza.name !== 'default') finish(stanza, macros, problems)
  }
  for (const { line, number } of joined(text)) {
    const header = /^\s*\[([^\]]*)\]\s*$/.exec(line)
    const pair = /^\s*([\w.-]+)\s*=\s*([\s\S]*?)\s*$/.exec(line)
    if (header !== null) {
      close()
      stanza = { name: (header[1] ?? '').trim(), values: new Map(), line: number }
    } else if (pair !== null && stanza !== undefined) {
      stanza.values.set(pair[1] ?? '', pair[2] ?? '')
    } else if (!/^\s*(#.*)?$/.test(line)) {
      problems.error('spl/macros', `line ${number} is neither a stanza, nor "key = value", nor a comment`)
    }
  }
  close()
  return problems.failed ? refused(problems.list) : ok(macros, problems.list)
}

interface Stanza {
  readonly name: string
  readonly values: Map<string, string>
  readonly line: number
}

function finish({ name, values, line }: Stanza, macros: Map<string, Macro>, problems: Problems): void {
  const definition = values.get('definition')
  if (definition === undefined) {
    problems.error('spl/macros', `the macro "${name}" of line ${line} has no definition`)
    return
  }
  const names = (values.get('args') ?? '').split(',').map(part => part.trim())
  macros.set(name.replaceAll(/\s/g, ''), {
    arguments: names.filter(part => part !== ''),
    definition,
    computed: /^(1|true|t|yes)$/i.test(values.get('iseval') ?? ''),
  })
}

/** Lines with those that a backslash continues put together. */
function* joined(text: string): Generator<{ readonly line: string; readonly number: number }> {
  let before = ''
  let first = 1
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (before === '') first = index + 1
    if (line.endsWith('\\') && !line.trimStart().startsWith('#')) {
      before += `${line.slice(0, -1)}\n`
    } else {
      yield { line: before + line, number: first }
      before = ''
    }
  }
  if (before !== '') yield { line: before, number: first }
}
