import { describe, expect, it } from 'vitest';
import { decodePictureBytes } from '../decode-picture.ts';
import { decodeDicom } from './decode-dicom.ts';
import { decodeMade, failToDecode } from './decode-made.ts';
import { uids, wordBytes, writeHandMadePicture } from './hand-made-dicom.ts';
import type { HandMadeElement } from './hand-made-dicom.ts';
import { tags } from './tags.ts';

const size = { columns: 4, rows: 2 };
const words = [0, 1, 255, 256, 2047, 2048, 4095, 65_535];

describe('uncompressed grey', () => {
  it.each([
    ['all 16 bits', { bitsStored: 16 }, words],
    ['16 bits, signed', { isSigned: true }, [0, 1, 255, 256, 2047, 2048, 4095, -1]],
    ['12 of 16 bits, the unused ones dirty', { bitsStored: 12 }, [0, 1, 255, 256, 2047, 2048, 4095, 4095]],
    [
      '12 bits, signed, the unused ones dirty',
      { bitsStored: 12, isSigned: true },
      [0, 1, 255, 256, 2047, -2048, -1, -1],
    ],
    ['12 bits at the upper end', { bitsStored: 12, highBit: 15 }, [0, 0, 15, 16, 127, 128, 255, 4095]],
    [
      '12 bits at the upper end, signed',
      { bitsStored: 12, highBit: 15, isSigned: true },
      [0, 0, 15, 16, 127, 128, 255, -1],
    ],
    ['1 bit', { bitsStored: 1 }, [0, 1, 1, 0, 1, 0, 1, 1]],
  ])('%s', async (_, bits, expected) => {
    const layout = { ...size, ...bits };
    expect(await decodeMade({ layout, pixels: wordBytes(words) })).toEqual(expected);
    const swapped = wordBytes(words).swap16();
    expect(await decodeMade({ layout, pixels: swapped, syntax: uids.bigEndian })).toEqual(expected);
  });

  it.each([
    ['unsigned', { bitsStored: 8 }, [0, 1, 127, 128, 200, 255, 7, 9]],
    ['signed', { isSigned: true }, [0, 1, 127, -128, -56, -1, 7, 9]],
    ['6 of 8 bits', { bitsStored: 6 }, [0, 1, 63, 0, 8, 63, 7, 9]],
  ])('8 bits, %s', async (_, bits, expected) => {
    const pixels = Uint8Array.of(0, 1, 127, 128, 200, 255, 7, 9);
    const layout = { ...size, bitsAllocated: 8, ...bits };
    expect(await decodeMade({ layout, pixels, pixelType: 'OB' })).toEqual(expected);
    expect(await decodeMade({ layout, pixels, pixelType: 'OB', syntax: uids.bigEndian })).toEqual(expected);
    // In words of a big endian file the bytes of each pair change places.
    const swapped = Buffer.from(pixels).swap16();
    expect(await decodeMade({ layout, pixels: swapped, syntax: uids.bigEndian })).toEqual(expected);
  });

  it.each([['implicit'], ['deflated'], ['explicit']] as const)('%s little endian', async (name) => {
    const plan = { layout: size, pixels: wordBytes(words), syntax: uids[name] };
    expect(await decodeMade(plan)).toEqual(words);
  });

  it.each([
    ['explicit', 'explicit little endian'],
    ['implicit', 'implicit little endian'],
    ['bigEndian', 'explicit big endian'],
  ] as const)('without a meta header, %s', async (name, sentence) => {
    const pixels = name === 'bigEndian' ? wordBytes(words).swap16() : wordBytes(words);
    const more: HandMadeElement[] = [
      [tags.specificCharacterSet, 'CS', 'ISO_IR 100'],
      [tags.modality, 'CS', 'CR'],
    ];
    const bytes = writeHandMadePicture({ layout: size, more, pixels, syntax: uids[name], isBare: true });
    const picture = await decodeDicom(bytes, 'bare.dcm');
    expect(picture).toMatchObject({ values: Float32Array.from(words) });
    expect(picture.warnings.join()).toContain(sentence);
    expect((await decodePictureBytes(bytes, 'bare.png')).format).toBe('dicom');
  });

  it('without a preamble, with and without the prefix', async () => {
    const whole = writeHandMadePicture({ layout: size, pixels: wordBytes(words), syntax: uids.bigEndian });
    for (const length of [128, 132]) {
      const pixels = wordBytes(words).swap16();
      const bytes = Buffer.concat([whole.subarray(length, whole.length - pixels.length), pixels]);
      expect(await decodeDicom(bytes, 'x')).toMatchObject({ values: Float32Array.from(words), warnings: [] });
    }
  });

  it('is read as it is written where the meta header says otherwise', async () => {
    const bytes = writeHandMadePicture({ layout: size, pixels: wordBytes(words), syntax: uids.implicit });
    // The meta header now claims explicit little endian, in as many bytes.
    const uid = bytes.indexOf(`${uids.implicit}\0`);
    const mislabelled = Buffer.concat([
      bytes.subarray(0, uid - 2),
      Buffer.of(20, 0),
      Buffer.from(`${uids.explicit}\0`),
      bytes.subarray(uid + uids.implicit.length + 1),
    ]);
    const picture = await decodeDicom(mislabelled, 'mislabelled.dcm');
    expect(picture).toMatchObject({ values: Float32Array.from(words) });
    expect(picture.warnings.join()).toContain('not written as its transfer syntax');
  });

  it('chooses a frame and says so', async () => {
    const plan = { layout: { ...size, frames: 3 }, pixels: wordBytes([...words, ...words.toReversed(), ...words]) };
    expect(await decodeMade(plan)).toEqual(words);
    expect(await decodeMade(plan, { frame: 1 })).toEqual(words.toReversed());
    const { warnings, frame } = await decodeDicom(writeHandMadePicture(plan), 'made.dcm', { frame: 2 });
    expect(frame).toBe(2);
    expect(warnings).toContain('The file holds 3 frames; only number 3 is read.');
    expect(await failToDecode(writeHandMadePicture(plan), { frame: 3 })).toMatchObject({ code: 'request/invalid' });
    expect(await failToDecode(writeHandMadePicture(plan), { frame: 0.5 })).toMatchObject({ code: 'request/invalid' });
  });

  it('passes over long types that its parser does not know', async () => {
    const more = [['x00720083', 'OV', new Uint8Array(16)] as const];
    expect(await decodeMade({ layout: size, more, pixels: wordBytes(words) })).toEqual(words);
  });
});
