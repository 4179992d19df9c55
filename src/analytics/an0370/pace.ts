/** Ten minutes, in which the most that happens counts. */
export const WINDOW = 600_000

/** The most objects and bytes in any ten minutes, both ends included. Memory: a number for each second in the window. */
export class Pace {
  private readonly seconds: { readonly time: number; objects: number; bytes: number }[] = []
  private objects = 0
  private bytes = 0
  peakObjects = 0
  peakBytes = 0

  add(time: number, bytes: number): void {
    const second = Math.floor(time / 1000) * 1000
    const last = this.seconds.at(-1)
    if (last?.time === second) {
      last.objects += 1
      last.bytes += bytes
    } else this.seconds.push({ time: second, objects: 1, bytes })
    this.objects += 1
    this.bytes += bytes
    for (
      let head = this.seconds[0];
      head !== undefined && second - head.time > WINDOW;
      head = this.seconds[0]
    ) {
      this.objects -= head.objects
      this.bytes -= head.bytes
      this.seconds.shift()
    }
    this.peakObjects = Math.max(this.peakObjects, this.objects)
    this.peakBytes = Math.max(this.peakBytes, this.bytes)
  }
}
