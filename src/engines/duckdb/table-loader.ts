import { join } from 'node:path'
import type { Cell } from '../../plan/relation.ts'
import type { Column } from '../../plan/scalar.ts'
import type { Database } from './database.ts'
import { loadRows } from './load-rows.ts'
import { RowFile } from './row-file.ts'

/** Fills a table of a database with rows, numbered as they come, whose columns are not known before. */
export class TableLoader {
  private readonly database: Database
  private readonly table: string
  private readonly file: RowFile

  constructor(database: Database, table: string) {
    this.database = database
    this.table = table
    this.file = new RowFile(join(database.folder, `${table}.jsonl`))
  }

  /** Adds a row; nulls and empty lists are as if they were not there. */
  add(row: Iterable<readonly [column: string, value: Cell]>): void {
    this.file.add(this.file.rows, row)
  }

  /** Makes the table. Its first column is `$row`: the number of the row, from 0. */
  async finish(): Promise<readonly Column[]> {
    return loadRows(this.database, this.table, [this.file.end()])
  }
}
