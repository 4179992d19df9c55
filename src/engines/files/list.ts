import { type BigIntStats, type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { globSync, isDynamicPattern } from 'tinyglobby'
import { isDraft } from './draft.ts'
import { reason } from './member.ts'

export interface InputFile {
  /** To open; `-` is standard input. */
  readonly path: string
  /** As shown to people: relative as the user named it, with forward slashes. */
  readonly name: string
  readonly bytes: number
}

export interface InputList {
  /** By name, in the order of code points. */
  readonly files: readonly InputFile[]
  /** Links and other names of what is already there. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[]
  /** What cannot be read or does not exist: lost. */
  readonly problems: readonly InputProblem[]
}

interface InputProblem {
  readonly file: string
  readonly code: string
  readonly message: string
}

/**
 * All files that are meant by files, folders (with all that is in them), globs, and `-`. Each file is taken once,
 * under its own name rather than that of a link to it. The order of the inputs does not matter.
 */
export function listInputs(inputs: readonly string[]): InputList {
  const walk = new Walk()
  for (const input of [...new Set(inputs.map(tidy))].sort(byCodePoint)) walk.input(input)
  walk.links()
  return walk.list()
}

/** Whether there is nothing at all by the name of an input. */
export function isMissing(input: string): boolean {
  const name = tidy(input)
  if (name === '-' || exists(name)) return false
  return !isDynamicPattern(name) || matchesOf(name).found.length === 0
}

/** `./logs//today/` is `logs/today`. */
function tidy(input: string): string {
  if (input === '' || input === '-') return input
  const name = posix.normalize(process.platform === 'win32' ? input.replaceAll('\\', '/') : input)
  return name.length > 1 && name.endsWith('/') ? name.slice(0, -1) : name
}

class Walk {
  private readonly files: InputFile[] = []
  private readonly skipped: { file: string; why: string }[] = []
  private readonly problems: InputProblem[] = []
  /** Device and inode -> the name under which it was taken. */
  private readonly taken = new Map<string, string>()
  private later: Put[] = []

  input(name: string): void {
    if (name === '-') this.files.push({ path: '-', name: '-', bytes: 0 })
    else if (name === '') this.problem(name, 'input/not-found', 'an empty name is no file or folder')
    else if (isLink(name)) this.later.push({ name, how: 'named' })
    else if (exists(name)) this.take({ name, how: 'named' })
    else if (isDynamicPattern(name)) this.glob(name)
    else this.notFound(name)
  }

  /** Symbolic links come last, so that what they lead to keeps its own name if it is among the inputs. */
  links(): void {
    while (this.later.length > 0) {
      const links = this.later.sort((a, b) => depth(a.name) - depth(b.name) || byCodePoint(a.name, b.name))
      this.later = []
      for (const link of links) this.take(link)
    }
  }

  list(): InputList {
    return {
      files: this.files.sort((a, b) => byCodePoint(a.name, b.name)),
      skipped: this.skipped.sort((a, b) => byCodePoint(a.file, b.file)),
      problems: this.problems.sort((a, b) => byCodePoint(a.file, b.file)),
    }
  }

  private take({ name, how }: Put): void {
    const folders = [name]
    for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
      const stats = this.stats(next)
      if (stats === undefined || this.isTaken({ name: next, how }, stats)) continue
      if (stats.isDirectory()) for (const inside of this.folder(next)) folders.push(inside)
      else if (stats.isFile() || (stats.isFIFO() && how !== 'found' && next === name)) {
        this.files.push({ path: next, name: next, bytes: Number(stats.size) })
      } else this.problem(next, 'input/not-a-file', `it is ${kindOfNode(stats)}, not a file`)
    }
  }

  private stats(name: string): BigIntStats | undefined {
    try {
      return statSync(name, { bigint: true })
    } catch (error) {
      this.problem(name, 'input/unreadable', `it cannot be read: ${reason(error)}`)
      return undefined
    }
  }

  private isTaken({ name, how }: Put, stats: BigIntStats): boolean {
    const identity = `${stats.dev}:${stats.ino}`
    const before = this.taken.get(identity)
    if (before === undefined) this.taken.set(identity, name)
    else if (before !== name && how !== 'matched') {
      this.skipped.push({
        file: name,
        why: `the same ${stats.isDirectory() ? 'folder' : 'file'} as ${before}`,
      })
    }
    return before !== undefined
  }

  /** The names in a folder; links are put off. */
  private folder(name: string): readonly string[] {
    let entries: readonly Dirent[]
    try {
      entries = readdirSync(name, { withFileTypes: true })
    } catch (error) {
      this.problem(name, 'input/unreadable', `the folder cannot be read: ${reason(error)}`)
      return []
    }
    const full = (entry: Dirent) => (name === '.' ? entry.name : posix.join(name, entry.name))
    for (const entry of entries) {
      if (entry.isSymbolicLink()) this.later.push({ name: full(entry), how: 'found' })
    }
    const others = entries.filter(entry => !entry.isSymbolicLink() && !isDraft(entry.name)).map(full)
    // The last is taken first.
    return others.sort(byCodePoint).reverse()
  }

  private glob(pattern: string): void {
    const { base, found } = matchesOf(pattern)
    const matches: string[] = []
    if (found.length === 0) {
      this.problem(pattern, 'input/no-match', `no file in ${resolve(base)} matches this pattern`)
    }
    for (const match of found) {
      if (isDraft(match)) continue
      const name = tidy(base === '.' ? match : posix.join(base, match))
      if (throughLink(base, name)) this.later.push({ name, how: 'matched' })
      else matches.push(name)
    }
    for (const name of matches.sort(byCodePoint)) this.take({ name, how: 'matched' })
  }

  private notFound(name: string): void {
    const full = resolve(name)
    const where = full === name ? '' : ` (looked for ${full})`
    this.problem(name, 'input/not-found', `there is no such file or folder${where}`)
  }

  private problem(file: string, code: string, message: string): void {
    this.problems.push({ file, code, message })
  }
}

/** What is to be taken, and how it came up: by its name, in a folder, or by a glob, which may find things often. */
interface Put {
  readonly name: string
  readonly how: 'named' | 'found' | 'matched'
}

/** Whether there is something, readable or not. */
function exists(name: string): boolean {
  try {
    return statSync(name, { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

function isLink(name: string): boolean {
  try {
    return exists(name) && lstatSync(name).isSymbolicLink()
  } catch {
    return false
  }
}

/** Whether the way from the base to the name goes through symbolic links. */
function throughLink(base: string, name: string): boolean {
  try {
    return realpathSync(name) !== resolve(realpathSync(base), posix.relative(base, name))
  } catch {
    return false
  }
}

/** The folder before the first wildcard, and what in it matches. */
function matchesOf(pattern: string): { readonly base: string; readonly found: readonly string[] } {
  const parts = pattern.split('/')
  const first = parts.findIndex(part => isDynamicPattern(part))
  const folder = parts.slice(0, first).join('/')
  const base = folder === '' ? (pattern.startsWith('/') ? '/' : '.') : folder
  const rest = parts.slice(first).join('/')
  const found = exists(base)
    ? globSync(rest, { cwd: base, dot: true, onlyFiles: false, expandDirectories: false })
    : []
  return { base, found }
}

function kindOfNode(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a pipe'
  return stats.isSocket() ? 'a socket' : 'a device'
}

function depth(name: string): number {
  return name.split('/').length
}

/** Text order by code points, in which characters outside the first plane come last. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Surrogates after all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
