import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The name that stands for the rules that come with nephoscope. */
export const BUILTIN = 'builtin'

const CONTENT = fileURLToPath(new URL('../../content/', import.meta.url))

/** A rule file's text and where it came from. */
export interface RuleText {
  /** As people name it: the path, or `builtin:aws/…`. */
  readonly file: string
  /** Where it lies. */
  readonly path: string
  readonly text: string
}

/** A path from which no rule could be read. */
export interface RuleFileProblem {
  readonly file: string
  readonly message: string
}

export interface FoundRules {
  readonly texts: readonly RuleText[]
  readonly problems: readonly RuleFileProblem[]
}

const LARGEST = 8 * 1024 * 1024

/** Reads the rule files that are named: files, folders (all `.yml` and `.yaml` in them), `builtin`. In the order of their names. */
export function findRules(specs: readonly string[]): FoundRules {
  const texts: RuleText[] = []
  const problems: RuleFileProblem[] = []
  for (const spec of [...new Set(specs)].sort()) {
    const found = spec === BUILTIN ? builtinFiles() : filesUnder(spec, problems)
    for (const { file, path } of found) read(file, path, texts, problems)
  }
  return { texts, problems }
}

interface RuleFile {
  readonly file: string
  readonly path: string
}

function builtinFiles(): readonly RuleFile[] {
  const list = readFileSync(join(CONTENT, 'builtin.txt'), 'utf8')
  const names = list.split(/\r?\n/).filter(name => name !== '')
  return names.sort().map(name => ({ file: `${BUILTIN}:${name}`, path: join(CONTENT, name) }))
}

function filesUnder(path: string, problems: RuleFileProblem[]): readonly RuleFile[] {
  try {
    if (!statSync(path).isDirectory()) return [{ file: path, path }]
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
    const files = names.filter(name => /\.ya?ml$/i.test(name)).sort()
    if (files.length === 0)
      problems.push({ file: path, message: 'there is no rule file (.yml, .yaml) in it' })
    return files.map(name => join(path, name)).map(file => ({ file, path: file }))
  } catch (error) {
    problems.push({ file: path, message: reasonOf(error) })
    return []
  }
}

function read(file: string, path: string, texts: RuleText[], problems: RuleFileProblem[]): void {
  try {
    const { size } = statSync(path)
    if (size > LARGEST)
      problems.push({ file, message: `it has ${size} bytes; a rule file may have ${LARGEST}` })
    else texts.push({ file, path, text: readFileSync(path, 'utf8') })
  } catch (error) {
    problems.push({ file, message: reasonOf(error) })
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) throw error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file or folder'
  return code === 'EACCES' ? 'it may not be read' : error.message
}
