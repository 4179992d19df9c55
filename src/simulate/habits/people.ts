import { consoleAgent, failedSignIn, openPage, signIn, switchRole } from '../cloudtrail/console.ts'
import { changeState } from '../cloudtrail/machines.ts'
import type { Session } from '../cloudtrail/session.ts'
import { roleArn } from '../organisation/accounts.ts'
import type { Machine, Person } from '../organisation/types.ts'
import type { Recorder } from '../recorder.ts'
import { atWork, HOUR, MINUTE, SECOND } from '../span.ts'
import type { Habit, Hour } from './habit.ts'

/** Sessions of one person in one working hour. */
const SESSIONS = 0.12
/** Hours of work in an average hour of the week. */
const WORKING = (10 * 5) / (24 * 7)

/** People in the console, in their working hours; some stay late. */
export const people: Habit = { name: 'people', share: 0.24, run }

function run(hour: Hour, recorder: Recorder): void {
  const { organisation, events } = hour
  const { random } = recorder
  const perSession = events / (organisation.people.length * SESSIONS * WORKING)
  for (const person of organisation.people) {
    const late = random.chance(0.01)
    if (!random.chance(atWork(hour.start, person.zone) ? SESSIONS : late ? 0.1 : 0)) continue
    visit(hour, person, recorder, random.around(perSession * 0.72, 0.8))
  }
}

function visit(hour: Hour, person: Person, recorder: Recorder, size: number): void {
  const { organisation } = hour
  const { random } = recorder
  const { region } = organisation.networks.production
  let time = hour.start + random.whole(0, HOUR - SECOND)
  const atOffice = random.chance(0.5)
  const from = {
    ...person,
    homeAddress: atOffice ? random.pick(organisation.officeAddresses) : person.homeAddress,
  }
  if (random.chance(0.06)) failedSignIn(recorder, from, time - 40 * SECOND, from.homeAddress)
  const session = signIn(recorder, from, time, region)
  if (person.duty === 'administrator' && random.chance(0.2))
    switchRole(recorder, session, time + 20 * SECOND, roleArn(organisation.roles.logReader))
  for (let made = 0; made < size; ) {
    time += random.around(20, 1.2) * SECOND
    made += openPage(recorder, { session, time, region: random.chance(0.85) ? region : 'us-east-1' })
    if (random.chance(0.02)) made += restart(recorder, session, own(organisation.machines, session), time)
  }
}

/** Switches a machine off and on again, as developers do. */
function restart(recorder: Recorder, session: Session, machines: readonly Machine[], time: number): number {
  if (machines.length === 0) return 0
  const machine = recorder.random.pick(machines)
  const userAgent = consoleAgent(recorder.random)
  changeState(recorder, 'StopInstances', { session, machine, time, userAgent })
  changeState(recorder, 'StartInstances', { session, machine, time: time + 3 * MINUTE, userAgent })
  return 2
}

function own(machines: readonly Machine[], session: Session): readonly Machine[] {
  return machines.filter(({ network }) => network.account.id === session.account.id)
}
