import { foreignAddress } from '../organisation/addresses.ts'
import type { Person } from '../organisation/types.ts'
import type { Scene } from './scenario.ts'

/** An address outside that nobody of the organisation calls from, and nothing of it calls by habit. */
export function strangerAddress({ organisation, recorder }: Scene): string {
  const { mirror, people, keyUsers } = organisation
  const known = new Set([
    mirror,
    ...people.map(person => person.homeAddress),
    ...keyUsers.map(({ address }) => address),
  ])
  for (;;) {
    const address = foreignAddress(recorder.random)
    if (!known.has(address)) return address
  }
}

/** Somebody who builds things. */
export function anyDeveloper({ organisation, recorder }: Scene): Person {
  return recorder.random.pick(organisation.people.filter(({ duty }) => duty === 'developer'))
}
