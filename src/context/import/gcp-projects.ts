import { textMember } from '../../core/json.ts'
import { type Importer, listOf, scalar, tag } from './importer.ts'

export const gcpProjects: Importer = {
  prints: 'gcloud projects list',
  tables: ['projects'],
  items: value =>
    listOf(value, item => textMember(item, 'projectId') !== undefined && 'projectNumber' in item),
  row(project) {
    const id = textMember(project, 'projectId')
    if (id === undefined) return 'it has no projectId'
    return {
      id,
      number: scalar(project, 'projectNumber'),
      name: textMember(project, 'name'),
      owner: tag(project, 'owner'),
    }
  },
}
