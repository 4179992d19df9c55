import { parseTime } from '../../core/time.ts'
import type { Moment, ScannedFile } from './scan-job.ts'

/** Counts and times of the events of one file. */
export class TimeSpan {
  outside = 0
  private withoutId = 0
  private withoutTime = 0
  private first: Moment | undefined
  private last: Moment | undefined
  /** Events of one second often follow each other. */
  private text: string | undefined
  private time: number | undefined

  /** UTC ms; undefined if it cannot be read. */
  timeOf(text: string | undefined): number | undefined {
    if (text !== this.text) {
      this.text = text
      this.time = text === undefined ? undefined : parseTime(text)
    }
    return this.time
  }

  add(id: string | undefined, text: string | undefined, time: number | undefined): void {
    if (id === undefined) this.withoutId++
    if (text === undefined || time === undefined) this.withoutTime++
    else {
      if (this.first === undefined || time < this.first.time) this.first = { text, time }
      if (this.last === undefined || time > this.last.time) this.last = { text, time }
    }
  }

  report(): Pick<ScannedFile, 'outside' | 'withoutId' | 'withoutTime' | 'first' | 'last'> {
    const { outside, withoutId, withoutTime, first, last } = this
    return {
      outside,
      withoutId,
      withoutTime,
      ...(first === undefined || last === undefined ? {} : { first, last }),
    }
  }
}
