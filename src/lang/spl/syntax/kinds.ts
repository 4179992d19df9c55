/** Commands that are options and names of fields. */
export type FieldsKind =
  | 'addcoltotals'
  | 'addtotals'
  | 'anomalydetection'
  | 'cofilter'
  | 'contingency'
  | 'extract'
  | 'fieldsummary'
  | 'filldown'
  | 'fillnull'
  | 'outlier'
  | 'selfjoin'
  | 'table'
  | 'tojson'
  | 'untable'
  | 'xmlkv'
  | 'xmlunescape'
  | 'xyseries'

/** Commands that are options alone. */
export type OptionsKind = 'concurrency' | 'eventcount' | 'gentimes' | 'makeresults' | 'metadata' | 'spath'
