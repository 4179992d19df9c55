import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
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

/**
 * Reads the rule files that are named: files, folders (all `.yml` and `.yaml` in them), `builtin`. In the order of their
 * names, and each once, however many names and links lead to it.
 */
export function findRules(specs: readonly string[]): FoundRules {
  const texts: RuleText[] = []
  const problems: RuleFileProblem[] = []
  const taken = new Set<string>()
  for (const spec of [...new Set(specs)].sort()) {
    const found = spec === BUILTIN ? builtinFiles() : filesUnder(spec, problems)
    for (const { file, path } of found) if (isFirst(path, taken)) read(file, path, texts, problems)
  }
  return { texts, problems }
}

/** Is it here for the first time, by whatever name? */
function isFirst(path: string, taken: Set<string>): boolean {
  const real = realPath(path)
  if (taken.has(real)) return false
  taken.add(real)
  return true
}

/** The path without links; itself if it leads nowhere. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
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
  const before = problems.length
  const files = isFolder(path) ? filesIn(path, { seen: new Set(), problems }).sort() : [path]
  if (files.length === 0 && problems.length === before)
    problems.push({ file: path, message: 'there is no rule file (.yml, .yaml) in it' })
  return files.map(file => ({ file, path: file }))
}

interface Walk {
  readonly seen: Set<string>
  readonly problems: RuleFileProblem[]
}

/** The rule files in a folder and those in it. Links come last, and one that leads to what was seen before is left out. */
function filesIn(folder: string, walk: Walk): string[] {
  if (!isFirst(folder, walk.seen)) return []
  return entriesOf(folder, walk.problems).flatMap(name => {
    const path = join(folder, name)
    if (isFolder(path)) return filesIn(path, walk)
    return /\.ya?ml$/i.test(name) && isFirst(path, walk.seen) ? [path] : []
  })
}

function entriesOf(folder: string, problems: RuleFileProblem[]): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const links = entries.filter(entry => entry.isSymbolicLink())
    return [...entries.filter(entry => !entry.isSymbolicLink()), ...links].map(({ name }) => name)
  } catch (error) {
    problems.push({ file: folder, message: reasonOf(error) })
    return []
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // What cannot be read is told when it is read.
    return false
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
