import type { TimelineEntry, TimelineHead } from '../findings/timeline.ts'

/** Prints a timeline piece by piece: its head, each entry, and the end. */
export interface TimelineWriter {
  head(head: TimelineHead): void
  entry(entry: TimelineEntry): void
  end(): void
}
