import { describe, expect, it } from 'vitest';
import { createFactCounter } from '../summary/fact-counter.ts';
import { summariseDataset } from '../summary/summarise.ts';
import { readTree, tinyPng } from '../test-trees.ts';

const header = 'image_name,patient_id,sex,age_approx,anatom_site_general_challenge,diagnosis,benign_malignant,target';
const rows = [
  'ISIC_2637011,IP_7279968,male,45.0,head/neck,unknown,benign,0',
  'ISIC_0015719,IP_3075186,female,,,melanoma,malignant,1',
  'ISIC_0052212,,,50.0,torso,,malignant,1',
];
const table = (lines: readonly string[], head = header): string => `${[head, ...lines].join('\n')}\n`;

describe('SIIM-ISIC', () => {
  it('as the competition has it', async () => {
    const { reading, samples, problems } = await readTree({
      'train.csv': table(rows),
      'test.csv':
        'image_name,patient_id,sex,age_approx,anatom_site_general_challenge\nISIC_0052060,IP_3579794,male,70.0,\n',
      'jpeg/train/ISIC_2637011.jpg': tinyPng,
      'jpeg/train/ISIC_0015719.jpg': tinyPng,
      'jpeg/train/ISIC_0052212.jpg': tinyPng,
      'jpeg/test/ISIC_0052060.jpg': tinyPng,
    });
    expect(reading).toMatchObject({ layout: 'siim-isic', classes: ['benign', 'malignant'], splits: ['train', 'test'] });
    expect(problems).toEqual([]);
    expect(samples).toEqual([
      {
        path: 'jpeg/train/ISIC_2637011.jpg',
        split: 'train',
        label: 'benign',
        patient: 'IP_7279968',
        masks: [],
        metadata: { sex: 'male', age: 45, site: 'head/neck', diagnosis: 'unknown' },
      },
      {
        path: 'jpeg/train/ISIC_0015719.jpg',
        split: 'train',
        label: 'malignant',
        patient: 'IP_3075186',
        masks: [],
        metadata: { sex: 'female', diagnosis: 'melanoma' },
      },
      {
        path: 'jpeg/train/ISIC_0052212.jpg',
        split: 'train',
        label: 'malignant',
        patient: undefined,
        masks: [],
        metadata: { age: 50, site: 'torso' },
      },
      {
        path: 'jpeg/test/ISIC_0052060.jpg',
        split: 'test',
        label: undefined,
        patient: 'IP_3579794',
        masks: [],
        metadata: { sex: 'male', age: 70 },
      },
    ]);
  });

  it.each([
    ['doubled folders', 'train/train/'],
    ['flat', ''],
    ['a wrapper', 'melanoma-external-malignant-256/train/train/'],
  ])('with %s and train_concat.csv before train.csv', async (_, folder) => {
    const top = folder.startsWith('melanoma') ? 'melanoma-external-malignant-256/' : '';
    const { samples } = await readTree({
      [`${top}train.csv`]: table(rows.slice(0, 1)),
      [`${top}train_concat.csv`]: table(rows),
      [`${folder}ISIC_2637011.jpg`]: tinyPng,
      [`${folder}ISIC_0015719.jpg`]: tinyPng,
      [`${folder}ISIC_0052212.jpg`]: tinyPng,
    });
    expect(samples.map(({ path }) => path)).toEqual([
      `${folder}ISIC_2637011.jpg`,
      `${folder}ISIC_0015719.jpg`,
      `${folder}ISIC_0052212.jpg`,
    ]);
  });

  it('with columns missing, more, and in another order', async () => {
    const { samples } = await readTree({
      'train.csv': 'tfrecord,TARGET,Image Name,width\n3,1.0,ISIC_1,6000\n4,0,ISIC_2,1024\n5,-1,ISIC_3,1024\n',
      'ISIC_1.jpg': tinyPng,
      'ISIC_2.jpg': tinyPng,
      'ISIC_3.jpg': tinyPng,
    });
    expect(samples).toMatchObject([
      { label: 'malignant', metadata: { tfrecord: 3, width: 6000 } },
      { label: 'benign' },
      { label: undefined },
    ]);
  });

  it('makes no patient of blanks, nor of what notebooks write for them', async () => {
    const blanks = ['', 'nan', 'NaN', '0', '0.0', '-1', ' '];
    const { samples } = await readTree({
      'train.csv': table(blanks.map((blank, at) => `ISIC_${at},${blank},,,,,malignant,1`)),
      ...Object.fromEntries(blanks.map((_, at) => [`ISIC_${at}.jpg`, tinyPng])),
    });
    expect(samples.map(({ patient }) => patient)).toEqual(blanks.map(() => undefined));
  });

  it('names rows without picture, pictures without row, and rows that repeat', async () => {
    const { samples, problems } = await readTree({
      'train.csv': table([...rows.slice(0, 2), rows[0] ?? '']),
      'train/ISIC_2637011.jpg': tinyPng,
      'train/ISIC_9999999.jpg': tinyPng,
    });
    expect(samples).toHaveLength(1);
    expect(problems).toEqual([
      {
        kind: 'row-without-picture',
        path: 'train.csv',
        sentence: 'Row 3 of "train.csv" names "ISIC_0015719", which is not there.',
      },
      {
        kind: 'repeated-row',
        path: 'train.csv',
        sentence: 'Row 4 of "train.csv" names "ISIC_2637011" again; the first row counts.',
      },
      {
        kind: 'picture-without-row',
        path: 'train/ISIC_9999999.jpg',
        sentence:
          '"train/ISIC_9999999.jpg" is named by no row of the table, so nothing is known of it; it is left out.',
      },
    ]);
  });

  it('takes one of several copies of a picture, pictures before DICOM', async () => {
    const { samples, problems } = await readTree({
      'train.csv': table(rows.slice(0, 1)),
      'train/ISIC_2637011.dcm': tinyPng,
      'jpeg/train/ISIC_2637011.jpg': tinyPng,
      'small/ISIC_2637011.jpg': tinyPng,
    });
    expect(samples).toMatchObject([{ path: 'jpeg/train/ISIC_2637011.jpg' }]);
    expect(problems).toEqual([]);
  });

  it('warns that having no patient id tells the label, with the numbers', async () => {
    const lines = Array.from({ length: 100 }, (_, at) =>
      at < 90 ? `ISIC_${at},IP_${at % 30},,,,,benign,0` : `ISIC_${at},,,,,,malignant,1`,
    );
    const { reading, samples, problems } = await readTree({
      'train.csv': table(lines),
      ...Object.fromEntries(lines.map((_, at) => [`ISIC_${at}.jpg`, tinyPng])),
    });
    const counter = createFactCounter(reading.layout);
    counter.add({ samples, problems });
    const { warnings, sentences } = summariseDataset(counter.facts());
    expect(sentences[0]).toBe('100 pictures of 30 patients in 1 split and 2 classes.');
    expect(warnings).toEqual([
      '10 of 100 samples name no patient; for them patient-level splits cannot be verified.',
      "The label can be told from the patient id (Cramér's V 1.00): 100 % of 90 benign samples have a patient id, 0 % of 10 malignant.",
      'Classes are unequal: 9.0 benign for each malignant (90 and 10); accuracy alone misleads.',
    ]);
  });
});
