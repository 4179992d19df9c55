import { OrderedMap } from '../ordered-map.ts'
import type { Session } from './session.ts'

const DAY = 86_400_000
/** Sessions that are open at once. */
const MOST = 20_000

/** Sessions under way, those that were silent for the longest time first. */
export class OpenSessions {
  private readonly sessions = new OrderedMap<string, Session>()
  private readonly close: (session: Session) => void
  /** Sessions that were closed for want of room. */
  evicted = 0

  constructor(close: (session: Session) => void) {
    this.close = close
  }

  get(key: string): Session | undefined {
    return this.sessions.get(key)
  }

  /** The open session of that key, or a new one; it is the latest to be heard of. */
  touch(key: string, begin: () => Session): Session {
    const session = this.sessions.get(key) ?? begin()
    this.sessions.set(key, session)
    if (this.sessions.size > MOST) {
      this.closeOldest(() => true)
      this.evicted += 1
    }
    return session
  }

  /** Those that were silent for a day are over. */
  closeSilent(now: number): void {
    while (this.closeOldest(({ latest }) => now - latest.event.time > DAY));
  }

  closeAll(): void {
    while (this.closeOldest(() => true));
  }

  private closeOldest(isOver: (session: Session) => boolean): boolean {
    const oldest = this.sessions.oldest()
    if (oldest === undefined || !isOver(oldest[1])) return false
    this.sessions.delete(oldest[0])
    this.close(oldest[1])
    return true
  }
}
