/** Who may import whom. `npm run layers` keeps it true; a picture of it is in docs/architecture.md. */

/** A layer sees itself and the layers listed here. */
const layers = {
  shared: [],
  core: ['shared'],
  web: ['shared', 'core'],
  renderer: ['shared'],
  cli: ['shared', 'core', 'web'],
};

/** Inside src/core, from the ground up: a module sees itself and the modules listed here. */
const modules = {
  onnx: [],
  networks: ['onnx'],
  relevance: ['onnx'],
  runtime: ['onnx', 'relevance'],
  engine: ['onnx', 'relevance', 'runtime'],
  imaging: [],
  datasets: ['imaging'],
  catalog: [],
  audit: [],
  grouping: [],
  figures: ['audit', 'imaging'],
  workbench: [
    'onnx',
    'networks',
    'relevance',
    'imaging',
    'datasets',
    'catalog',
    'audit',
    'grouping',
    'figures',
    'engine',
  ],
};

/** A package with a native binary has one owner; tests may use it to check against. */
const owners = {
  'onnxruntime-node': 'src/core/runtime',
  sharp: 'src/core/imaging',
  'better-sqlite3': 'src/core/catalog',
  '@resvg/resvg-js': 'src/core/figures',
  pdfkit: 'src/core/figures',
  'svg-to-pdfkit': 'src/core/figures',
  'dicom-parser': 'src/core/imaging',
  '@cornerstonejs/codec-charls': 'src/core/imaging',
  '@cornerstonejs/codec-openjpeg': 'src/core/imaging',
  '@cornerstonejs/codec-openjph': 'src/core/imaging',
  'csv-parse': 'src/core/datasets',
  'ml-matrix': 'src/core/grouping',
  'ml-kmeans': 'src/core/grouping',
  'umap-js': 'src/core/grouping',
};

const anyOf = (names) => `(${names.join('|')})`;
const packageFiles = (name) => `(^|/)node_modules/${name}/`;
const tests = '\\.test\\.ts$';

const layerRules = Object.entries(layers).map(([layer, below]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import ${below.map((name) => `src/${name}`).join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/${anyOf([layer, ...below])}/` },
}));

/** Tests may reach up the ladder: a compiled graph is tested by running it. */
const moduleRules = Object.entries(modules).map(([module, below]) => ({
  name: `core-${module}`,
  comment: `core/${module} may import ${below.map((name) => `core/${name}`).join(', ') || 'no other module'}.`,
  severity: 'error',
  from: { path: `^src/core/${module}/`, pathNot: tests },
  to: { path: '^src/core/', pathNot: `^src/core/${anyOf([module, ...below])}/` },
}));

const ownerRules = Object.entries(owners).map(([name, folder]) => ({
  name: `owner-of-${name}`,
  comment: `${name} is imported in ${folder} alone.`,
  severity: 'error',
  from: { path: '^src/', pathNot: [`^${folder}/`, tests] },
  to: { path: packageFiles(name) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...moduleRules,
    ...ownerRules,
    {
      name: 'core-known-module',
      comment: 'A module of src/core stands in the table of this file.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: `^src/core/${anyOf(Object.keys(modules))}/` },
      to: {},
    },
    {
      name: 'core-front-door',
      comment: 'A module is entered through its index.ts; its own files do not go round through it.',
      severity: 'error',
      from: { path: '^src/core/([^/]+)/' },
      to: { path: '^src/core/', pathNot: ['^src/core/$1/', '^src/core/[^/]+/index\\.ts$'] },
    },
    {
      name: 'host-front-door',
      comment: 'A host sees the workbench, not what it is made of.',
      severity: 'error',
      from: { path: '^src/(cli|web)/', pathNot: tests },
      to: { path: '^src/core/', pathNot: '^src/core/workbench/index\\.ts$' },
    },
    {
      name: 'inference-in-its-own-process',
      comment:
        'A native abort in ONNX Runtime must not take a host down: hosts know the engine by its port, never by import.',
      severity: 'error',
      from: { path: '^src/(cli/|web/|core/workbench/|core/engine/index\\.ts$)', pathNot: tests },
      to: { path: packageFiles('onnxruntime-node'), reachable: true },
    },
    { name: 'no-circular', comment: 'No circles.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere hides what it would break.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      comment: 'What runs for users is listed in "dependencies".',
      severity: 'error',
      // The window is bundled, so what it consists of is not installed.
      from: { path: '^src/', pathNot: [tests, '^src/renderer/'] },
      to: { dependencyTypes: ['npm-dev'], pathNot: packageFiles('@types') },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'require', 'default'] },
  },
};
