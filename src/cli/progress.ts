import { bytesText, thousands } from '../core/quantity.ts'

/** What is known of the work at a moment. */
interface Done {
  /** Packed bytes, of all files and of what is read of them. */
  readonly bytes: number
  readonly total: number
  readonly unpacked: number
  readonly events: number
  readonly rules: number
  /** ms since the start. */
  readonly elapsed: number
}

/** `[00:12] 1.2 GB / 3.4 GB [=====>    ] 35 %  210,000 events/s  114 rules  00:22 left`; of a pipe nobody knows the length. */
function progressLine(done: Done, width: number): string {
  const rate = done.elapsed === 0 ? 0 : Math.round((done.events * 1000) / done.elapsed)
  const speed = `${thousands(rate)} events/s  ${thousands(done.rules)} rules`
  const clocked = `[${clock(done.elapsed)}] `
  if (done.total === 0) return `${clocked}${bytesText(done.unpacked)} unpacked  ${speed}`.slice(0, width - 1)
  const share = Math.min(1, done.bytes / done.total)
  const left = share > 0.01 ? `  ${clock((done.elapsed * (1 - share)) / share)} left` : ''
  const before = `${clocked}${bytesText(done.bytes)} / ${bytesText(done.total)} `
  const after = `${Math.floor(share * 100)} %  ${speed}${left}`
  const room = Math.min(40, width - before.length - after.length - '[] '.length - 1)
  return `${before}${room < SHORTEST ? '' : bar(share, room)}${after}`.slice(0, width - 1)
}

/** Columns of the bar below which it is left out. */
const SHORTEST = 4

function bar(share: number, room: number): string {
  const filled = Math.round(room * share)
  return `[${(filled === 0 ? '' : `${'='.repeat(filled - 1)}>`).padEnd(room)}] `
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60]
  const hours = Math.floor(seconds / 3600)
  return (hours > 0 ? [hours, ...parts] : parts).map(part => String(part).padStart(2, '0')).join(':')
}

const EVERY = 100
/** How much compressed logs unpack to, as long as no file has shown it. */
const USUAL_RATIO = 12
const PACKED_NAME = /\.(?:gz|gzip|zip|zst|zstd)$/i

/** Counts of files that are done, or of what was read of others. */
interface Count {
  bytes: number
  unpacked: number
  events: number
}

/** A line on a terminal that is drawn anew as work goes on, and wiped at the end. */
export class ProgressBar {
  private readonly stream: NodeJS.WriteStream
  private readonly start = performance.now()
  private last = 0
  private total = 0
  private rules = 0
  private ratio = 1
  private readonly done: Count = { bytes: 0, unpacked: 0, events: 0 }
  private readonly underWay: Count = { bytes: 0, unpacked: 0, events: 0 }

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
  }

  begin(files: readonly { readonly bytes: number; readonly name: string }[], rules: number): void {
    this.total = files.reduce((sum, file) => sum + file.bytes, 0)
    this.ratio = files.some(({ name }) => PACKED_NAME.test(name)) ? USUAL_RATIO : 1
    this.rules = rules
    this.draw()
  }

  /** So much more was unpacked and found in files that are under way. */
  progress(unpacked: number, events: number): void {
    this.underWay.unpacked += unpacked
    this.underWay.events += events
    this.tick()
  }

  fileDone(file: Readonly<Count>): void {
    for (const key of ['bytes', 'unpacked', 'events'] as const) {
      this.done[key] += file[key]
      this.underWay[key] = Math.max(0, this.underWay[key] - file[key])
    }
    this.tick()
  }

  clear(): void {
    this.stream.write('\r\x1b[2K')
  }

  private tick(): void {
    if (performance.now() - this.last > EVERY) this.draw()
  }

  private draw(): void {
    this.last = performance.now()
    const { done, underWay, total, rules } = this
    const ratio = done.bytes === 0 ? this.ratio : Math.max(1, done.unpacked / done.bytes)
    const now: Done = {
      bytes: Math.min(total, done.bytes + Math.round(underWay.unpacked / ratio)),
      total,
      unpacked: done.unpacked + underWay.unpacked,
      events: done.events + underWay.events,
      rules,
      elapsed: this.last - this.start,
    }
    this.stream.write(`\r${progressLine(now, this.stream.columns ?? 80)}\x1b[K`)
  }
}
