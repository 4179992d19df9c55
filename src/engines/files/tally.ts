import type { InputFile } from './list.ts'

/** Something to tell of a file. */
export interface FileProblem {
  readonly code: string
  readonly message: string
  readonly record?: number
  /** Whether data was lost. */
  readonly lost: boolean
}

/** How a file ended: see `FileEnd` of the ledger. */
export type TallyEnd = 'read' | 'damaged' | 'failed' | 'not-a-log'

/** What one file came to. */
export interface FileTally {
  readonly file: string
  readonly end: TallyEnd
  readonly bytes: number
  readonly unpacked: number
  readonly records: number
  readonly events: number
  readonly failed: number
  readonly apart: { readonly [what: string]: number }
  readonly problems: readonly FileProblem[]
  readonly problems_total: number
}

/** Problems kept a file; the rest is counted. */
const KEPT = 20

/** Counts what happens while a file is read. */
export class Tally {
  unpacked = 0
  events = 0
  /** Something in it begins as JSON does: if that is none, it is damaged rather than something else. */
  claims = false
  private failed = 0
  private total = 0
  private lost = false
  private readonly kept: FileProblem[] = []
  private readonly aparts = new Map<string, number>()
  private readonly input: InputFile

  constructor(input: InputFile) {
    this.input = input
  }

  problem(problem: FileProblem): void {
    this.total++
    this.lost ||= problem.lost
    if (this.kept.length < KEPT) this.kept.push(problem)
  }

  /** A record could not be read. */
  left(problem: FileProblem): void {
    this.failed++
    this.problem({ ...problem, message: `a record was left out: ${problem.message}` })
  }

  apart(what: string): void {
    this.aparts.set(what, (this.aparts.get(what) ?? 0) + 1)
  }

  close(): FileTally {
    const meant = this.isLog || this.claims
    const problems = meant ? this.kept : this.kept.filter(({ code }) => !isAboutText(code))
    if (!meant && this.failed > 0) {
      this.aparts.set('unrecognised', (this.aparts.get('unrecognised') ?? 0) + this.failed)
      this.failed = 0
    }
    const apart = [...this.aparts.values()].reduce((sum, count) => sum + count, 0)
    return {
      file: this.input.name,
      end: this.end(problems),
      bytes: this.input.bytes,
      unpacked: this.unpacked,
      records: this.events + apart + this.failed,
      events: this.events,
      failed: this.failed,
      apart: Object.fromEntries([...this.aparts].sort(([a], [b]) => (a < b ? -1 : 1))),
      problems,
      problems_total: problems.length === this.kept.length ? this.total : problems.length,
    }
  }

  /** Something in it was known for what it is. */
  private get isLog(): boolean {
    return this.events > 0 || [...this.aparts.keys()].some(what => what !== 'unrecognised')
  }

  private end(problems: readonly FileProblem[]): TallyEnd {
    if (problems.some(problem => problem.lost)) return this.isLog ? 'damaged' : 'failed'
    if (this.isLog || (this.aparts.size === 0 && this.total === 0)) return 'read'
    return 'not-a-log'
  }
}

/** What is said of text that is no JSON; no loss where the file is no log at all. */
function isAboutText(code: string): boolean {
  return code.startsWith('json/') || code === 'input/not-text' || code === 'input/not-utf8'
}
