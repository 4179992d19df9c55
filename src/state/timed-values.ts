import { MOST_ENTRIES } from './aggregate.ts'

/** Times and a number for each, oldest first, in two arrays that are cut when half of them is over. */
export class TimedValues {
  private times: number[]
  private values: number[]
  private head = 0

  constructor(times: number[] = [], values: number[] = []) {
    this.times = times
    this.values = values
  }

  get length(): number {
    return this.times.length - this.head
  }

  /** Time of the oldest. */
  get first(): number {
    return this.times[this.head] ?? Number.POSITIVE_INFINITY
  }

  /** Adds to the newest if that has the same time and `join` is wanted. Gives the value that had to go for want of room. */
  push(time: number, value: number, join: boolean): number | undefined {
    const last = this.times.length - 1
    if (join && last >= this.head && this.times[last] === time) {
      this.values[last] = (this.values[last] ?? 0) + value
      return undefined
    }
    if (last < 0) {
      // An array made with its member has no room to spare: most groups never get a second one.
      this.times = [time]
      this.values = [value]
      return undefined
    }
    this.times.push(time)
    this.values.push(value)
    return this.length > MOST_ENTRIES ? this.shift() : undefined
  }

  /** Takes the oldest away. */
  shift(): number {
    const value = this.values[this.head] ?? 0
    this.head++
    if (this.head * 2 > this.times.length) {
      this.times = this.times.slice(this.head)
      this.values = this.values.slice(this.head)
      this.head = 0
    }
    return value
  }

  sum(): number {
    let sum = 0
    for (let at = this.head; at < this.values.length; at++) sum += this.values[at] ?? 0
    return sum
  }

  snapshot(): { readonly times: number[]; readonly values: number[] } {
    return { times: this.times.slice(this.head), values: this.values.slice(this.head) }
  }
}
