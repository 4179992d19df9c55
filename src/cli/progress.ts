import { bytesText, thousands } from '../core/quantity.ts'

/** What is known of the work at a moment. */
export interface Done {
  /** Packed bytes of finished files, and of all. */
  readonly bytes: number
  readonly total: number
  readonly files: number
  readonly allFiles: number
  readonly events: number
  readonly rules: number
  /** ms since the start. */
  readonly elapsed: number
}

/** `[00:12] 1.2 GB / 3.4 GB [=====>    ] 35 %  210,000 events/s  114 rules  00:22 left` */
function progressLine(done: Done, width: number): string {
  const share = done.total === 0 ? 1 : Math.min(1, done.bytes / done.total)
  const rate = done.elapsed === 0 ? 0 : Math.round((done.events * 1000) / done.elapsed)
  const left = share > 0.01 ? `  ${clock((done.elapsed * (1 - share)) / share)} left` : ''
  const size = `${bytesText(done.bytes)} / ${bytesText(done.total)}`
  const before = `[${clock(done.elapsed)}] ${size} `
  const after = `${Math.floor(share * 100)} %  ${thousands(rate)} events/s  ${thousands(done.rules)} rules${left}`
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

/** A line on a terminal that is drawn anew as work goes on, and wiped at the end. */
export class ProgressBar {
  private readonly stream: NodeJS.WriteStream
  private readonly start = performance.now()
  private last = 0
  private done = { bytes: 0, total: 0, files: 0, allFiles: 0, events: 0, rules: 0 }

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream
  }

  begin(files: readonly { readonly bytes: number }[], rules: number): void {
    const total = files.reduce((sum, file) => sum + file.bytes, 0)
    this.done = { ...this.done, total, allFiles: files.length, rules }
    this.draw()
  }

  fileDone(file: { readonly bytes: number; readonly events: number }): void {
    this.done.bytes += file.bytes
    this.done.files++
    this.done.events += file.events
    this.tick()
  }

  tick(): void {
    if (performance.now() - this.last > EVERY) this.draw()
  }

  clear(): void {
    this.stream.write('\r\x1b[2K')
  }

  private draw(): void {
    this.last = performance.now()
    const line = progressLine({ ...this.done, elapsed: this.last - this.start }, this.stream.columns ?? 80)
    this.stream.write(`\r${line}\x1b[K`)
  }
}
