/** A place in a text: offsets count UTF-16 units from 0, lines and columns count from 1. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

/** What is wrong with what somebody wrote; a value, never thrown. */
export interface Diagnostic {
  /** `<room>/<what>`, kebab-case, never reused for another meaning. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** What is wrong, naming the thing. */
  readonly message: string
  readonly at?: Span
  /** What to do about it. */
  readonly help?: string
}

/** The result of a stage that collects all its problems before it gives up. `ok` may still carry warnings. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Diagnostic[] }
  | { readonly ok: false; readonly problems: readonly Diagnostic[] }

/** A success, perhaps with warnings. */
export function ok<T>(value: T, problems: readonly Diagnostic[] = []): Outcome<T> {
  return { ok: true, value, problems }
}

/** A refusal with its reasons. */
export function refused(problems: readonly Diagnostic[]): {
  readonly ok: false
  readonly problems: readonly Diagnostic[]
} {
  return { ok: false, problems }
}

/** Collects problems while a stage goes on. */
export class Problems {
  readonly list: Diagnostic[] = []

  error(
    code: string,
    message: string,
    more: { at?: Span | undefined; help?: string | undefined } = {},
  ): void {
    this.add('error', code, message, more)
  }

  warn(code: string, message: string, more: { at?: Span | undefined; help?: string | undefined } = {}): void {
    this.add('warning', code, message, more)
  }

  get failed(): boolean {
    return this.list.some(problem => problem.severity === 'error')
  }

  private add(
    severity: Diagnostic['severity'],
    code: string,
    message: string,
    more: { at?: Span | undefined; help?: string | undefined },
  ): void {
    this.list.push({
      code,
      severity,
      message,
      ...(more.at === undefined ? {} : { at: more.at }),
      ...(more.help === undefined ? {} : { help: more.help }),
    })
  }
}
