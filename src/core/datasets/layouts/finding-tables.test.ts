import { describe, expect, it } from 'vitest';
import { readTree, tinyPng, withTree } from '../test-trees.ts';
import { readDataset } from '../read-dataset.ts';

const nihHeader =
  'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,' +
  'OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],';
const nihRows = [
  '00000001_000.png,Cardiomegaly,0,1,58,M,PA,2682,2749,0.143,0.143,',
  '00000001_001.png,Cardiomegaly|Emphysema,1,1,58,M,PA,2894,2729,0.143,0.143,',
  '00000002_000.png,No Finding,0,2,81,M,AP,2500,2048,0.171,0.171,',
];
const nihTree = {
  'Data_Entry_2017.csv': `${[nihHeader, ...nihRows].join('\n')}\n`,
  'BBox_List_2017.csv': 'Image Index,Finding Label,Bbox [x,y,w,h],,,\n00000001_000.png,Cardiomegaly,1,2,3,4,,\n',
  'train_val_list.txt': '00000001_000.png\n00000001_001.png\n',
  'test_list.txt': '00000002_000.png',
  'images_001/images/00000001_000.png': tinyPng,
  'images_001/images/00000001_001.png': tinyPng,
  'images_002/images/00000002_000.png': tinyPng,
};

describe('NIH ChestX-ray14', () => {
  it('with its split header, its lists and its numbered folders', async () => {
    const { reading, samples, problems } = await readTree(nihTree);
    expect(reading).toMatchObject({ layout: 'nih-cxr14', splits: ['train_val', 'test'] });
    expect(reading.classes).toHaveLength(15);
    expect(problems).toEqual([]);
    expect(samples).toEqual([
      {
        path: 'images_001/images/00000001_000.png',
        split: 'train_val',
        label: 'Cardiomegaly',
        patient: '1',
        masks: [],
        metadata: {
          findings: 'Cardiomegaly',
          followUp: 0,
          age: 58,
          sex: 'M',
          view: 'PA',
          originalWidth: 2682,
          originalHeight: 2749,
          pixelSpacingX: 0.143,
          pixelSpacingY: 0.143,
        },
      },
      expect.objectContaining({
        label: undefined,
        metadata: expect.objectContaining({ findings: 'Cardiomegaly|Emphysema' }) as unknown,
      }),
      expect.objectContaining({ label: 'No Finding', split: 'test', patient: '2' }),
    ]);
  });

  it('with the header of the later release and no lists', async () => {
    const { samples } = await readTree({
      'Data_Entry_2017_v2020.csv':
        'Image Index,Finding Labels,Patient ID,Patient Age,Patient Sex\nx.png,Mass,7,058Y,F\n',
      'images/x.png': tinyPng,
    });
    expect(samples).toMatchObject([{ split: undefined, label: 'Mass', metadata: { age: '058Y', sex: 'F' } }]);
  });

  it('labelled by one finding', async () => {
    const { reading, samples } = await readTree(nihTree, { finding: 'emphysema' });
    expect(reading.classes).toEqual(['Emphysema', 'No Emphysema']);
    expect(samples.map(({ label }) => label)).toEqual(['No Emphysema', 'Emphysema', 'No Emphysema']);
  });

  it('refuses a finding it does not know', async () => {
    await withTree(nihTree, async (folder) => {
      await expect(readDataset(folder, { finding: 'Cough' })).rejects.toMatchObject({
        code: 'request/invalid',
        message: expect.stringContaining('no finding "Cough"; it has Atelectasis') as unknown,
      });
    });
  });
});

const chexpertHeader =
  'Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,' +
  'Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices';
const film = (patient: number): string => `CheXpert-v1.0-small/train/patient0000${patient}/study1/view1_frontal.jpg`;
const chexpertTree = {
  'train.csv': `${[
    chexpertHeader,
    `${film(1)},Female,68,Frontal,AP,1.0,,,,,,,,,0.0,,,,1.0`,
    `${film(2)},Female,87,Frontal,AP,,,-1.0,1.0,,-1.0,-1.0,,-1.0,,-1.0,,1.0,`,
    `${film(3)},Male,83,Lateral,,,,,,,,,1.0,,,,,,`,
    `${film(4)},Male,41,Frontal,AP,,,,,,,,0.0,,,,,,1.0`,
  ].join('\n')}\n`,
  'valid.csv': `${chexpertHeader}\nCheXpert-v1.0-small/valid/patient64541/study1/view1_frontal.jpg,Male,73,Frontal,AP,0.0,1.0,1.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0\n`,
  ...Object.fromEntries([1, 2, 3, 4].map((n) => [film(n).replace('CheXpert-v1.0-small/', ''), tinyPng])),
  'valid/patient64541/study1/view1_frontal.jpg': tinyPng,
};

describe('CheXpert', () => {
  it('with the root folder in its paths, and the only finding as label', async () => {
    const { reading, samples, problems } = await readTree(chexpertTree);
    expect(reading).toMatchObject({ layout: 'chexpert', splits: ['train', 'valid'] });
    expect(problems).toEqual([]);
    expect(samples.map(({ path }) => path)[4]).toBe('valid/patient64541/study1/view1_frontal.jpg');
    expect(samples.map(({ split, label, patient }) => [split, label, patient])).toEqual([
      ['train', 'No Finding', 'patient00001'],
      ['train', undefined, 'patient00002'],
      ['train', 'Pneumonia', 'patient00003'],
      ['train', undefined, 'patient00004'],
      ['valid', undefined, 'patient64541'],
    ]);
    expect(samples[1]?.metadata).toEqual({
      sex: 'Female',
      age: 87,
      view: 'Frontal',
      projection: 'AP',
      Cardiomegaly: -1,
      'Lung Opacity': 1,
      Edema: -1,
      Consolidation: -1,
      Atelectasis: -1,
      'Pleural Effusion': -1,
      Fracture: 1,
      findings: 'Lung Opacity|Fracture',
    });
  });

  it('labelled by one finding, which uncertain and blank cells leave open', async () => {
    const { samples } = await readTree(chexpertTree, { finding: 'Pneumonia' });
    expect(samples.map(({ label }) => label)).toEqual([
      undefined,
      undefined,
      'Pneumonia',
      'No Pneumonia',
      'No Pneumonia',
    ]);
    const edema = await readTree(chexpertTree, { finding: 'Edema' });
    expect(edema.samples.map(({ label }) => label)).toEqual([undefined, undefined, undefined, undefined, 'No Edema']);
  });

  it('does not give a missing film the picture of another patient', async () => {
    const { samples, problems } = await readTree({
      'train.csv': chexpertTree['train.csv'],
      'train/patient00003/study1/view1_frontal.jpg': tinyPng,
    });
    expect(samples).toMatchObject([{ patient: 'patient00003', path: 'train/patient00003/study1/view1_frontal.jpg' }]);
    expect(problems.map(({ kind }) => kind)).toEqual(Array.from({ length: 3 }, () => 'row-without-picture'));
  });
});
