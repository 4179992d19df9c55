/** How to write to a stream: with colour or not, and how wide. */
export interface Look {
  readonly colour: boolean
  readonly width: number
}

/** Columns where the width is not known. */
const WIDTH = 100

/** Colour only on a terminal, unless `--color always`; never under NO_COLOR or `--no-color`. */
export function lookOf(stream: NodeJS.WriteStream, colour: ColourChoice): Look {
  return { colour: coloured(stream, colour), width: stream.columns ?? WIDTH }
}

/** What `--color` and `--no-color` leave. */
export type ColourChoice = 'auto' | 'always' | 'never'

function coloured(stream: NodeJS.WriteStream, colour: ColourChoice): boolean {
  if (colour !== 'auto') return colour === 'always'
  const { NO_COLOR } = process.env
  return (
    stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && process.env['TERM'] !== 'dumb'
  )
}
