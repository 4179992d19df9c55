import type { Session } from './session.ts'

const DAY = 86_400_000
/** Sessions that are open at once. */
const MOST = 20_000

/** Sessions under way, those that were silent for the longest time first. */
export class OpenSessions {
  private readonly sessions = new Map<string, Session>()
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
    this.sessions.delete(key)
    this.sessions.set(key, session)
    if (this.sessions.size > MOST) {
      this.closeOldest()
      this.evicted += 1
    }
    return session
  }

  /** Those that were silent for a day are over. */
  closeSilent(now: number): void {
    for (const [key, session] of this.sessions) {
      if (now - session.latest.event.time <= DAY) return
      this.sessions.delete(key)
      this.close(session)
    }
  }

  closeAll(): void {
    for (const session of this.sessions.values()) this.close(session)
    this.sessions.clear()
  }

  private closeOldest(): void {
    for (const [key, session] of this.sessions) {
      this.sessions.delete(key)
      this.close(session)
      return
    }
  }
}
