const MINUTE = 60_000

/** Counts and bytes of the last so many ms, to the minute. */
export class Recent {
  private readonly window: number
  private readonly minutes: { readonly time: number; count: number; bytes: number }[] = []
  count = 0
  bytes = 0

  constructor(window: number) {
    this.window = window
  }

  add(time: number, bytes: number): void {
    this.forget(time)
    const minute = Math.floor(time / MINUTE) * MINUTE
    const last = this.minutes.at(-1)
    if (last?.time === minute) {
      last.count += 1
      last.bytes += bytes
    } else this.minutes.push({ time: minute, count: 1, bytes })
    this.count += 1
    this.bytes += bytes
  }

  /** What is older than the window counts no more. */
  forget(now: number): void {
    for (let head = this.minutes[0]; head !== undefined && now - head.time > this.window; ) {
      this.count -= head.count
      this.bytes -= head.bytes
      this.minutes.shift()
      head = this.minutes[0]
    }
  }
}
