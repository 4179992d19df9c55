import type { InputFile } from './list.ts'
import { isParquet } from './parquet-reader.ts'

/** Files that the embedded database reads in other threads. */
const readings = new Set<Promise<unknown>>()

/**
 * Follows a file that another thread reads. Where the embedded database reads it, that thread must not be ended before:
 * a call that comes back to a thread that is no more takes the whole process with it.
 */
export async function followed<T>(input: InputFile, reading: Promise<T>): Promise<T> {
  if (!isParquet(input.path)) return reading
  readings.add(reading)
  return reading.finally(() => readings.delete(reading))
}

/** Waits for those readings, but not for ever. */
export async function engineReadsEnded(mostMs = 10_000): Promise<void> {
  if (readings.size === 0) return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, mostMs)
  })
  await Promise.race([Promise.allSettled(readings), late])
  clearTimeout(timer)
}
