import { filter } from '../../../plan/pipeline.ts'
import type { Command } from '../command.ts'
import { lowerCondition } from '../lower/expression.ts'
import { withoutSubsearches } from '../lower/expression-subsearches.ts'
import { printExpression } from '../syntax/print-expression.ts'
import { readExpression } from '../syntax/read-expression.ts'

export const where: Command<'where'> = {
  names: ['where'],
  read: reader => {
    const condition = readExpression(reader)
    reader.finish()
    return { condition }
  },
  lower: function* ({ condition }, rows, context) {
    const plain = yield* withoutSubsearches(condition, context)
    return filter(rows, lowerCondition(plain, rows, context))
  },
  print: ({ condition }) => printExpression(condition),
}
