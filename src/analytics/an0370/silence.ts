import { counted, firstFew } from '../../core/quantity.ts'
import type { How, Recorded } from './selectors.ts'

/** Buckets that are named in one line. */
const MOST_NAMED = 5

/** What is said of buckets of which no reads came, in one line for those of which the same is known. */
export function silenceLines(
  buckets: readonly string[],
  about: (bucket: string) => Recorded | undefined,
): readonly string[] {
  const lines = new Map<string, { readonly recorded: Recorded | undefined; readonly names: string[] }>()
  for (const name of buckets) {
    const recorded = about(name)
    const key = JSON.stringify(recorded ?? 'unknown')
    const line = lines.get(key)
    if (line === undefined) lines.set(key, { recorded, names: [name] })
    else line.names.push(name)
  }
  return [...lines.values()].map(({ recorded, names }) => lineOf(recorded, names))
}

function lineOf(recorded: Recorded | undefined, names: readonly string[]): string {
  if (recorded === undefined)
    return `${noneOf('S3 data events', names)}; these logs do not show what any trail records`
  return `${WORDS[recorded.how](named(names))} (${recorded.trail})`
}

/** `no storage logs of 1 sensitive bucket (payroll), so that reads of it cannot be seen, or there were none` */
export function noneOf(what: string, names: readonly string[]): string {
  const them = names.length === 1 ? 'it' : 'them'
  return `no ${what} of ${named(names)}, so that reads of ${them} cannot be seen, or there were none`
}

function named(names: readonly string[]): string {
  return `${counted(names.length, 'sensitive bucket')} (${firstFew(names, MOST_NAMED)})`
}

const WORDS: Record<How, (buckets: string) => string> = {
  recorded: buckets => `no reads of ${buckets} came, though the event selectors record them`,
  partly: buckets => `S3 data events are logged for some objects only of ${buckets}, by the event selectors`,
  stopped: buckets => `S3 data events are logged no more for ${buckets}: the trail that did was stopped`,
  unclear: buckets =>
    `no S3 data events of ${buckets}; the event selectors are too long to tell whether they are logged`,
  writes: buckets => `S3 data events are logged for writes only, not for reads, of ${buckets}`,
  none: buckets => `S3 data events are not logged for ${buckets}: the event selectors do not name it`,
}
