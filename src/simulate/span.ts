/** ms */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Is this moment in the working time of somebody so many hours east of UTC: Monday to Friday, 8 to 18? */
export function atWork(time: number, zone: number): boolean {
  const local = new Date(time + zone * HOUR)
  const day = local.getUTCDay()
  const hour = local.getUTCHours()
  return day >= 1 && day <= 5 && hour >= 8 && hour < 18
}

/** `2026/03/02`, the folders of a UTC day. */
export function dayFolders(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '/')
}

/** `20260302T1005Z`, as names of delivered files carry it. */
export function fileStamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z`
}
