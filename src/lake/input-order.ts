import type { InputFile } from '../engines/files/list.ts'

/** The time of delivery, as CloudTrail writes it in names. */
const TIME = /_(\d{8}T\d{4,6}Z)_[^/]*$/
/** The day, as folders have it. */
const DAY = /\/(\d{4})\/(\d\d)\/(\d\d)\/[^/]*$/

/**
 * The numbers of files in the order of the times that their paths speak of, else as they stand, so that a batch holds
 * few days and its rows come nearly sorted.
 */
export function inTimeOrder(files: readonly InputFile[]): readonly number[] {
  const times = files.map(({ name }) => timeIn(name.replaceAll('\\', '/')))
  return files
    .map((_, number) => number)
    .sort((a, b) => {
      const [left = '', right = ''] = [times[a], times[b]]
      return left < right ? -1 : left > right ? 1 : a - b
    })
}

function timeIn(name: string): string {
  const [, time] = TIME.exec(name) ?? []
  const [, year, month, day] = DAY.exec(name) ?? []
  return time ?? (year === undefined ? '' : `${year}${month}${day}`)
}
