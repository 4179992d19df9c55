/**
 * Technique ids of earlier releases of ATT&CK Enterprise -> the id that release 19 gives the same technique. Only
 * renames that MITRE has published stand here.
 */
export const renamed: ReadonlyMap<string, string> = new Map([
  ['T1070.001', 'T1685.005'],
  ['T1070.002', 'T1685.006'],
  ['T1562', 'T1685'],
  ['T1562.001', 'T1685'],
  ['T1562.002', 'T1685.001'],
  ['T1562.004', 'T1686'],
  ['T1562.006', 'T1685'],
  ['T1562.007', 'T1686.001'],
  ['T1562.008', 'T1685.002'],
  ['T1562.010', 'T1689'],
  ['T1656', 'T1684.001'],
])
