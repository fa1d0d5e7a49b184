/** What the window asks the workbench: one contract for every host. Pictures and arrays travel apart, by their addresses below. */
import { oc } from '@orpc/contract';
import { auditContract } from './audit.ts';
import {
  conceptGraphRequestSchema,
  conceptGraphSchema,
  conceptMapRequestSchema,
  conceptMapSchema,
  conceptsRequestSchema,
  conceptsSchema,
  referencesRequestSchema,
  referencesSchema,
  strongestNeuronRequestSchema,
  strongestNeuronSchema,
} from './concepts.ts';
import {
  answerSchema,
  explainingModelsSchema,
  knownSchema,
  pictureAndModelSchema,
  questionSchema,
  workingSchema,
} from './explain.ts';
import { figureRequestSchema, madeFigureSchema, type FigureFormat } from './figures.ts';
import { pictureFactsRequestSchema, pictureFactsSchema } from './pictures.ts';
import { datasetAuditContract } from './dataset-audit.ts';
import { groupsContract } from './groups.ts';
import { marksContract } from './marks.ts';
import { overviewSchema } from './overview.ts';
import { queuesContract } from './queues.ts';
import { readerContract, reviewsContract } from './reviews.ts';
import { robustnessContract } from './robustness.ts';
import { studyContract } from './study.ts';
import { z } from 'zod';
import { datasetChoiceSchema, datasetContentsSchema } from './datasets.ts';
import { confusionSchema, facetRequestSchema, facetSchema } from './facets.ts';
import { folderRequestSchema, folderSchema, importPlanRequestSchema, importPlanSchema } from './folders.ts';
import { jobChoiceSchema, jobListSchema, jobRequestSchema } from './jobs.ts';
import {
  evaluationRequestSchema,
  inputCheckRequestSchema,
  inputCheckSchema,
  modelChoiceSchema,
  modelDetailsSchema,
  modelEvaluationSchema,
  modelListSchema,
  modelPathSchema,
} from './models.ts';
import {
  predictionSchema,
  sampleFilterSchema,
  samplePageSchema,
  samplePageRequestSchema,
  sampleRangeSchema,
  sampleViewSchema,
  sampleViewRequestSchema,
  taggingSchema,
} from './samples.ts';
import { sessionChangeSchema, sessionKeptSchema, sessionRequestSchema, sessionSchema } from './session.ts';

export const contract = {
  /** Datasets, and the models and settings results were made with. */
  overview: oc.output(overviewSchema),
  samples: {
    /** A page of a filtered, sorted list, and how long the list is. */
    page: oc.input(samplePageRequestSchema).output(samplePageSchema),
    /** One sample with all its results. */
    view: oc.input(sampleViewRequestSchema).output(sampleViewSchema),
    /** How a list is divided by one facet. */
    facet: oc.input(facetRequestSchema).output(facetSchema),
    /** Labels against predictions. */
    confusion: oc.input(sampleFilterSchema).output(confusionSchema),
    /** The ids of a stretch of a list, in its order. */
    ids: oc.input(sampleRangeSchema).output(z.array(z.int())),
    /** Tags samples, or takes a tag away; says how many that changed. */
    tag: oc.input(taggingSchema).output(z.int()),
    untag: oc.input(taggingSchema).output(z.int()),
  },
  datasets: {
    /** How much there is of a dataset: what would go with it. */
    contents: oc.input(datasetChoiceSchema).output(datasetContentsSchema),
  },
  folders: {
    /** What stands in a folder. */
    list: oc.input(folderRequestSchema).output(folderSchema),
    /** What an import of a folder would bring. */
    plan: oc.input(importPlanRequestSchema).output(importPlanSchema),
  },
  jobs: {
    list: oc.output(jobListSchema),
    /** Begins a job, or puts it behind those that run; gives its id. */
    start: oc.input(jobRequestSchema).output(jobChoiceSchema),
    /** What it had done is kept. */
    cancel: oc.input(jobChoiceSchema).output(z.void()),
    pause: oc.input(jobChoiceSchema).output(z.void()),
    resume: oc.input(jobChoiceSchema).output(z.void()),
    /** Takes a job that has ended off the list. */
    dismiss: oc.input(jobChoiceSchema).output(z.void()),
    /** A job of another process, by the catalog's number; whoever works on it hears of it at its next step. */
    cancelOther: oc.input(jobChoiceSchema).output(z.void()),
    /** Takes an interrupted one off the list. */
    forgetOther: oc.input(jobChoiceSchema).output(z.void()),
  },
  models: {
    list: oc.output(modelListSchema),
    /** Input recipe, layers and rules; the file is read. */
    describe: oc.input(modelChoiceSchema).output(modelDetailsSchema),
    /** Enters a model file into the catalog. */
    add: oc.input(modelPathSchema).output(modelChoiceSchema),
    /** What a picture becomes before the model sees it, and what looks wrong about that. */
    checkInput: oc.input(inputCheckRequestSchema).output(inputCheckSchema),
    /** The predictions there are against the dataset's labels. */
    evaluate: oc.input(evaluationRequestSchema).output(modelEvaluationSchema),
  },
  session: {
    get: oc.input(sessionRequestSchema).output(sessionSchema),
    put: oc.input(sessionChangeSchema).output(sessionKeptSchema),
  },
  explain: {
    /** The models of the catalog, and whether something new can be computed with them. */
    models: oc.output(explainingModelsSchema),
    /** What there is of a picture by a model. */
    known: oc.input(pictureAndModelSchema).output(knownSchema),
    /** A heatmap, computed and kept where the catalog has none. */
    attribution: oc.input(questionSchema).output(answerSchema),
    /** What a model says of a picture, computed and kept where the catalog does not know. */
    prediction: oc.input(pictureAndModelSchema).output(predictionSchema),
    /** What is being computed for the window. */
    working: oc.output(workingSchema),
  },
  concepts: {
    /** Which concepts of which layers carry an explanation, or a region of it. */
    rank: oc.input(conceptsRequestSchema).output(conceptsSchema),
    /** Where on the picture one of them does. */
    map: oc.input(conceptMapRequestSchema).output(conceptMapSchema),
    /** How concepts of a layer are carried by those of the layers before it. */
    graph: oc.input(conceptGraphRequestSchema).output(conceptGraphSchema),
    /** Where on the picture the strongest neuron could look. */
    strongestNeuron: oc.input(strongestNeuronRequestSchema).output(strongestNeuronSchema),
    /** Samples that show a concept best, from what was read of the dataset. */
    references: oc.input(referencesRequestSchema).output(referencesSchema),
  },
  /** How a picture's values are to be shown, and what models are given of them. */
  pictureFacts: oc.input(pictureFactsRequestSchema).output(pictureFactsSchema),
  audit: auditContract,
  figures: {
    /** Makes a figure; its file lies on the data route for as long as it is looked at. */
    make: oc.input(figureRequestSchema).output(madeFigureSchema),
  },
  marks: marksContract,
  datasetAudit: datasetAuditContract,
  groups: groupsContract,
  queues: queuesContract,
  reviews: reviewsContract,
  reader: readerContract,
  robustness: robustnessContract,
  study: studyContract,
};

/** Addresses on the data route; the host puts its own place in front. */
export const dataAddress = {
  /** JPEG, the longest side 160 pixels. */
  thumbnail: (contentSha256: string): string => `data/thumbnail/${contentSha256}`,
  /** PNG at the picture's own size. */
  picture: (sampleId: number): string => `data/picture/${sampleId}`,
  /**
   * NumPy file, [height, width] or [height, width, 3]: of a grey DICOM picture float32 before any window, NaN for padding; else the
   * file's samples, uint8 or uint16.
   */
  values: (sampleId: number): string => `data/values/${sampleId}`,
  /** NumPy file of the same shape and range at the model's input size, by the preprocessing of a setup; float32 for 16 bits. */
  modelInput: (sampleId: number, setup: number): string => `data/model-input/${sampleId}-${setup}`,
  /** NumPy file, [height, width]: what is looked at for a moment and not kept. */
  map: (sha256: string): string => `data/map/${sha256}`,
  /** PNG at the model's input size: a changed picture, by its id. */
  variant: (id: number): string => `data/variant/${id}`,
  /** NumPy file, [height, width]: the map of a changed picture, laid back onto the unchanged one; NaN where it cannot be. */
  carried: (id: number): string => `data/carried/${id}`,
  /** PNG of what a model sees of a tested picture: `original`, or without `mark` or a control by its number, by one fill. */
  filled: (audit: number, fill: string, removed: 'mark' | number): string =>
    `data/filled/${audit}-${fill.replaceAll(' ', '_')}-${removed}`,
  /** A figure that was just made. */
  figure: (sha256: string, format: FigureFormat): string => `data/figure/${sha256}.${format}`,
  /** NumPy file, [height, width]. */
  array: (sha256: string): string => `data/array/${sha256}`,
} as const;
