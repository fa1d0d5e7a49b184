import type { Layout } from '../layout.ts';
import { chexpert } from './chexpert.ts';
import { covidQuEx } from './covid-qu-ex.ts';
import { csv } from './csv.ts';
import { dicom } from './dicom.ts';
import { folders } from './folders.ts';
import { nihCxr14 } from './nih-cxr14.ts';
import { siimIsic } from './siim-isic.ts';

/** All ways a dataset may lie on disk, those with names of their own first. */
export const layouts: readonly Layout[] = [covidQuEx, siimIsic, nihCxr14, chexpert, csv, dicom, folders];
