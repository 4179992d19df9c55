import { type Column, column, oneWordOf, required } from '../column.ts'

/** Where an entry of an inventory comes from, and when somebody last looked. */
export const provenance: readonly Column[] = [
  column('source', 'text', 'Where the entry comes from: a person, a tool, an export.'),
  column('last_verified', 'time', 'When it was last known to be right.'),
]

/** What each approval must have: who answers for it, why, and until when. */
export const answerability: readonly Column[] = [
  required(column('owner', 'text', 'Who answers for the approval.')),
  required(column('reason', 'text', 'Why it was given.')),
  required(column('ticket', 'text', 'Where it was asked for and decided.')),
  required(column('created', 'time', 'When it was given; it says nothing about what happened before.')),
  required(column('review_by', 'time', 'When the owner has to look at it again.')),
  required(column('expires', 'time', 'The first moment at which it holds no more.')),
]

export const provider: Column = oneWordOf('provider', ['aws', 'azure', 'gcp'], 'The cloud; aws if not said.')

export const relation: Column = oneWordOf(
  'relation',
  ['own', 'partner'],
  'Whose it is; own if not said. A partner is known, and external.',
)

/** What a place to work in is for, and who answers for it. */
export const purpose: readonly Column[] = [
  oneWordOf('environment', ['production', 'staging', 'development', 'sandbox'], 'What it is for.'),
  column('owner', 'text', 'Who answers for it.'),
]
