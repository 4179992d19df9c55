/** One line or record of a log, before lines are put into files. */
export interface LogLine {
  /** What it is delivered with: lines of one target and one moment share a file. */
  readonly target: Target
  /** When it happened, UTC ms. */
  readonly time: number
  /** When it is delivered, UTC ms. */
  readonly delivered: number
  readonly text: string
}

/** Where lines go. Two lines of one target name the same object. */
export interface Target {
  readonly kind: 'cloudtrail' | 'vpc-flow' | 's3-access' | 'hourly'
  /** Of the folder, up to the date. */
  readonly folder: string
  /** What stands before the time in the names of files, if anything does. */
  readonly prefix: string
  /** The first line of each file, if there is one. */
  readonly header?: string
}

/** One file, ready to be written. */
export interface SimulatedFile {
  /** Relative, with forward slashes. */
  readonly path: string
  readonly text: string
  /** Its name ends in `.gz`: whoever writes it packs it. */
  readonly packed: boolean
}
