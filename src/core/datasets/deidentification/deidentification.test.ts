import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageBand } from './age-band.ts';
import { deidentifyMetadata, hashPatient } from './deidentification.ts';
import { findIdentityClass } from './identity-classes.ts';

const table = {
  sex: 'F',
  age: 47,
  view: 'AP',
  site: 'torso',
  findings: 'Edema',
  Cardiomegaly: 1,
  'Patient Name': 'Doe, Jane',
  hospital: 'St. Elsewhere',
  weight: 71,
  comment: 'asked for her sister',
  exam_date: '2019-03-01',
  'border brightness': 0.3,
};
const dicom = {
  PatientName: 'DOE^JANE',
  PatientID: '12345',
  PatientBirthDate: '19700101',
  PatientSex: 'F',
  PatientAge: '047Y',
  StudyDate: '20190301',
  InstitutionName: 'St. Elsewhere',
  StationName: 'XR1',
  StudyInstanceUID: '1.2.3',
  SeriesDescription: 'CHEST AP',
  DeviceSerialNumber: '4711',
  Manufacturer: 'Acme',
  ManufacturerModelName: 'Ray 3',
  KVP: 80,
  ViewPosition: 'AP',
  Modality: 'DX',
  PhotometricInterpretation: 'MONOCHROME1',
  Rows: 2022,
  '(0011,1010)': 'private',
};

describe('what is kept', () => {
  it('minimal: how the picture was taken, and the diagnosis', () => {
    expect(deidentifyMetadata(table, { profile: 'minimal' })).toEqual({
      view: 'AP',
      site: 'torso',
      findings: 'Edema',
      Cardiomegaly: 1,
    });
    expect(deidentifyMetadata(dicom, { profile: 'minimal' })).toEqual({
      ViewPosition: 'AP',
      Modality: 'DX',
      PhotometricInterpretation: 'MONOCHROME1',
      Rows: 2022,
    });
  });

  it('research: also sex, age in bands, and the device', () => {
    expect(deidentifyMetadata(table, { profile: 'research' })).toEqual({
      sex: 'F',
      age: '45-49',
      view: 'AP',
      site: 'torso',
      findings: 'Edema',
      Cardiomegaly: 1,
    });
    expect(deidentifyMetadata(dicom, { profile: 'research' })).toEqual({
      PatientSex: 'F',
      PatientAge: '45-49',
      Manufacturer: 'Acme',
      ManufacturerModelName: 'Ray 3',
      KVP: 80,
      ViewPosition: 'AP',
      Modality: 'DX',
      PhotometricInterpretation: 'MONOCHROME1',
      Rows: 2022,
    });
  });

  it('none: everything as it is', () => {
    expect(deidentifyMetadata(table, { profile: 'none' })).toEqual(table);
  });

  it('what a user vouches for, but no known identifier', () => {
    const keep = ['Border_Brightness', 'Patient Name', 'weight'];
    expect(deidentifyMetadata(table, { profile: 'minimal', keep })).toEqual({
      view: 'AP',
      site: 'torso',
      findings: 'Edema',
      Cardiomegaly: 1,
      'border brightness': 0.3,
    });
  });

  it('nothing that is in no table', () => {
    const name = fc.string({ maxLength: 30 }).filter((text) => findIdentityClass(text) === undefined);
    const profile = fc.constantFrom('minimal' as const, 'research' as const);
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), profile, (metadata, chosen) => {
        expect(deidentifyMetadata(metadata, { profile: chosen })).toEqual({});
      }),
    );
  });

  it('no more by minimal than by research, and neither changes what stays, ages aside', () => {
    const names = [...Object.keys(table), ...Object.keys(dicom)];
    const metadata = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.integer()));
    fc.assert(
      fc.property(metadata, (given) => {
        const minimal = deidentifyMetadata(given, { profile: 'minimal' });
        const research = deidentifyMetadata(given, { profile: 'research' });
        expect(research).toMatchObject(minimal);
        expect(given).toMatchObject(minimal);
      }),
    );
  });

  it('by the name, however it is spelled', () => {
    for (const name of ['PatientID', 'patient_id', 'Patient ID', 'PATIENT-ID']) {
      expect(findIdentityClass(name)).toBe('direct');
    }
    expect(findIdentityClass('constructor')).toBeUndefined();
  });
});

describe('age bands', () => {
  it.each([
    [0, '0-4'],
    [4.9, '0-4'],
    [5, '5-9'],
    ['45.0', '45-49'],
    ['058Y', '55-59'],
    ['011M', '0-4'],
    ['072M', '5-9'],
    ['010D', '0-4'],
    ['002w', '0-4'],
    [89, '85-89'],
    [90, '90+'],
    [414, '90+'],
    ['', undefined],
    ['-1', undefined],
    ['old', undefined],
    [Number.NaN, undefined],
    ['19700101', undefined],
  ])('%s is %s', (age, band) => {
    expect(ageBand(age)).toBe(band);
  });

  it('hold every year of theirs and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 89 }), (age) => {
        const [from, to] = (ageBand(age) ?? '').split('-').map(Number);
        expect(age).toBeGreaterThanOrEqual(from ?? Number.NaN);
        expect(age).toBeLessThanOrEqual(to ?? Number.NaN);
        expect((to ?? 0) - (from ?? 0)).toBe(4);
      }),
    );
  });
});

describe('a patient under a salt', () => {
  it('is always the same 32 hex digits, and none of the id', () => {
    // HMAC-SHA-256('salt', 'IP_7279968'), by openssl.
    expect(hashPatient('IP_7279968', 'salt')).toBe('2b107b9de14e9a9b80159c0161dbd263');
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (id, salt) => {
        expect(hashPatient(id, salt)).toMatch(/^[0-9a-f]{32}$/);
        expect(hashPatient(id, salt)).toBe(hashPatient(id, Buffer.from(salt)));
      }),
    );
  });

  it('differs from other patients and under other salts', () => {
    expect(hashPatient('1', 'a')).not.toBe(hashPatient('2', 'a'));
    expect(hashPatient('1', 'a')).not.toBe(hashPatient('1', 'b'));
    expect(hashPatient('1', 'ab')).not.toBe(hashPatient('b1', 'a'));
  });

  it('is not hashed without a salt', () => {
    expect(() => hashPatient('1', '')).toThrow(RangeError);
  });
});
