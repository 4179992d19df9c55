/** A statement that the engine could not run; `cause` is what it said. */
export class EngineError extends Error {
  readonly statement: string
  readonly interrupted: boolean
  /** It needed more memory or disk than it may have. */
  readonly tooLarge: boolean

  constructor(statement: string, cause: unknown) {
    const said = cause instanceof Error ? cause.message : String(cause)
    super(said, { cause })
    this.name = 'EngineError'
    this.statement = statement
    this.interrupted = /^INTERRUPT/i.test(said)
    this.tooLarge = /^(?:Out of Memory|IO) Error/i.test(said) && /memory|space|disk/i.test(said)
  }
}

/** Does something with a statement; what fails is an `EngineError`. */
export async function withStatement<T>(statement: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw cause instanceof EngineError ? cause : new EngineError(statement, cause)
  }
}
