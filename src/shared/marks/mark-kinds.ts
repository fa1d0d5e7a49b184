/** What reviewers mark, in the order of the digit keys 1 to 9 (artefacts of Bissoto et al. 2020 and DeGrave et al. 2021). */
export const markKinds = [
  { kind: 'marker', name: 'L/R marker' },
  { kind: 'border', name: 'Border, collimation' },
  { kind: 'text', name: 'Text' },
  { kind: 'device', name: 'Device, lead' },
  { kind: 'ruler', name: 'Ruler' },
  { kind: 'hair', name: 'Hair' },
  { kind: 'ink', name: 'Ink' },
  { kind: 'gel', name: 'Gel, bubble' },
  { kind: 'patch', name: 'Patch' },
] as const;

export type MarkKind = (typeof markKinds)[number]['kind'];
