import { constants, crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import type { Bytes } from './bytes.ts'
import { Cursor } from './cursor.ts'
import { lost, type OpenLimits, type OpenProblem, tooLarge } from './member.ts'

/** How an attempt ended: with what is to be told, and after bad data the place from which to look closer. */
export interface Ending {
  readonly problems: readonly OpenProblem[]
  readonly closerFrom?: number
}

/** How many bytes go into the unpacker at once: fewer from the place that is looked at. */
interface Pace {
  readonly from: number
  readonly step: number
}

export type Attempt = (cursor: Cursor, pace: Pace) => AsyncGenerator<Buffer, Ending>

const STEPS = [32_768, 256, 1]

/**
 * Unpacks, and gives all that comes before bad data: the unpacker drops what it made of the piece of input in which
 * it fails, so that piece is taken again in smaller ones, down to single bytes.
 */
export async function* carefully(
  bytes: Bytes,
  attempt: Attempt,
  problems: OpenProblem[],
): AsyncGenerator<Buffer> {
  let given = 0
  let from = Number.POSITIVE_INFINITY
  for (const step of STEPS) {
    const cursor = new Cursor(bytes)
    const run = attempt(cursor, { from, step })
    try {
      let seen = 0
      let next = await run.next()
      for (; next.done !== true; next = await run.next()) {
        const fresh = next.value.subarray(Math.max(0, given - seen))
        seen += next.value.length
        given = Math.max(given, seen)
        if (fresh.length > 0) yield fresh
      }
      const { closerFrom } = next.value
      if (closerFrom === undefined || step === 1 || !bytes.again) {
        problems.push(...next.value.problems)
        return
      }
      from = closerFrom
    } finally {
      await run.return({ problems: [] })
      await cursor.close()
    }
  }
}

/** What came of one stream of deflate data. */
export type Inflated =
  | { readonly kind: 'ended'; readonly crc: number; readonly size: number }
  | { readonly kind: 'stopped'; readonly ending: Ending }

export interface InflateOptions {
  readonly pace: Pace
  readonly limits: OpenLimits
  /** Bytes that may still come. */
  readonly room: number
}

/** Output is taken after each piece of input, so the stream's own buffer must never be full. */
const ENGINE = {
  chunkSize: 256 * 1024,
  readableHighWaterMark: Number.MAX_SAFE_INTEGER,
  finishFlush: constants.Z_SYNC_FLUSH,
}

/** Unpacks deflate data from the cursor on, and leaves the cursor behind its end. */
export async function* inflate(cursor: Cursor, options: InflateOptions): AsyncGenerator<Buffer, Inflated> {
  const { limits, room } = options
  const engine = createInflateRaw(ENGINE)
  let size = 0
  let crc = 0
  try {
    for (;;) {
      const at = cursor.position
      const input = await cursor.take(stepAt(at, options.pace))
      if (input.length === 0) {
        return (await hasEnded(engine)) ? { kind: 'ended', crc, size } : stopped(cutShort(at))
      }
      const before = engine.bytesWritten
      const error = await write(engine, input)
      if (error) return { kind: 'stopped', ending: { problems: [badData(at, error)], closerFrom: at } }
      const unused = input.length - (engine.bytesWritten - before)
      for (let made: Buffer | null = engine.read(); made !== null; made = engine.read()) {
        const fits = made.subarray(0, room - size)
        size += fits.length
        crc = crc32(fits, crc)
        if (fits.length > 0) yield fits
        if (fits.length < made.length) return stopped(tooLarge(limits))
      }
      if (unused > 0) {
        cursor.giveBack(unused)
        return { kind: 'ended', crc, size }
      }
    }
  } finally {
    engine.destroy()
  }
}

/** Gives the error, if there is one; the stream calls back only if there is none. */
function write(engine: InflateRaw, input: Buffer): Promise<Error | undefined> {
  return new Promise(done => {
    engine.once('error', done)
    engine.write(input, () => {
      engine.off('error', done)
      done(undefined)
    })
  })
}

/** The engine learns that its data has ended only when it is given more than that. */
async function hasEnded(engine: InflateRaw): Promise<boolean> {
  const before = engine.bytesWritten
  const error = await write(engine, Buffer.alloc(1))
  return !error && engine.bytesWritten === before
}

function stepAt(position: number, pace: Pace): number {
  const [coarse = 1] = STEPS
  return position < pace.from ? Math.min(coarse, pace.from - position) : pace.step
}

function badData(at: number, error: Error): OpenProblem {
  return lost('input/corrupt', `the compressed data is damaged at byte ${at} (${error.message})`)
}

export function cutShort(at: number): OpenProblem {
  return lost('input/truncated', `its data ends early, after ${at} bytes`)
}

function stopped(problem: OpenProblem): Inflated {
  return { kind: 'stopped', ending: { problems: [problem] } }
}
