import type { Span } from '../../../core/diagnostic.ts'
import type { Lowering } from '../../../plan/lowering.ts'
import type { Cursor } from '../cursor.ts'
import type { Context, Flow } from '../lower/flow.ts'
import type { Pipeline, Stage, StageKind } from '../syntax.ts'

/** One operator of Sumo Logic: how a stage of it is read and written, and what it does. */
export interface Operator<Kind extends StageKind> {
  /** The words that start such a stage, in lower case; none for stages that start otherwise. */
  readonly names: readonly string[]
  /** Reads the stage behind its name. What is left when it returns is reported. */
  readonly parse: (cursor: Cursor, at: Span, name: string) => Stage
  readonly print: (stage: Stage<Kind>, pipeline: PrintPipeline) => string
  /** The rows behind the stage; throws `Refusal` if they cannot be had. */
  readonly lower: (stage: Stage<Kind>, flow: Flow, context: Context) => Flow | Lowering<Flow>
}

/** Prints a pipeline inside of a stage. */
export type PrintPipeline = (pipeline: Pipeline) => string
