/** Commands of Splunk by the reason why they do not run here. */
const REASONS: readonly (readonly [reason: string, names: string])[] = [
  [
    'it needs a model that was trained in Splunk',
    'apply deletemodel fit listmodels predict sample score summary',
  ],
  [
    'how it groups or learns is not published, so its rows could not be the same',
    'anomalies anomalousvalue arules associate cluster correlate findtypes kmeans relevancy typelearner x11',
  ],
  ['it needs an index of metrics', 'mcatalog mpreview msearch mstats'],
  ['it writes or acts outside of the search', 'awssnsalert delete dump run runshellscript script'],
  [
    'it asks a Splunk server about itself, or for what is stored there',
    'audit datamodelsimple dbinspect dbxquery history inputcsv loadjob pivot rest savedsearch searchtxn typeahead walklex',
  ],
  ['it makes what only the screen of Splunk shows', 'gauge localize reltime scrub'],
  ['it prepares a summary index, which is not there', 'overlap sichart sirare sistats sitimechart sitop'],
  [
    'it is not implemented here',
    'analyzefields bucketdir diff entitymerge erex folderize geom geomfilter geostats kvform metasearch nokv',
  ],
]

/** Commands of Splunk that are known and refused, each with its reason. */
export const UNSUPPORTED: ReadonlyMap<string, string> = new Map(
  REASONS.flatMap(([reason, names]) => names.split(' ').map(name => [name, reason] as const)),
)

/** Commands of Splunk that leave the rows as they are, by what they would do besides; here they do only that. */
const HARMLESS: readonly (readonly [deed: string, names: string])[] = [
  ['it changes only what the screen of Splunk shows', 'abstract highlight iconify rtorder xsdisplayconcept'],
  ['it says only where Splunk works', 'localop redistribute'],
  ['nothing is sent', 'sendalert sendemail'],
  ['nothing is written', 'collect mcollect meventcollect outputcsv outputtext tscollect'],
  ['there are no event types or tags but those of the events', 'tags typer'],
]

export const IGNORED: ReadonlyMap<string, string> = new Map(
  HARMLESS.flatMap(([deed, names]) => names.split(' ').map(name => [name, deed] as const)),
)
