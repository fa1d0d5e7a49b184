import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesSource, fileSource, inflatedSource, skipBytes } from './byte-source.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('byte sources', () => {
  it('give the beginning, or everything where that is less', async () => {
    const source = bytesSource(Buffer.from('0123456789'));
    expect(text(await source(4))).toBe('0123');
    expect(text(await source(Infinity))).toBe('0123456789');
    expect(text(await skipBytes(source, 3)(4))).toBe('3456');
    expect(text(await skipBytes(source, 30)(4))).toBe('');
  });

  it('read a file only so far', async () => {
    const file = await open(fileURLToPath(import.meta.url));
    try {
      const source = fileSource(file);
      expect(text(await source(12))).toBe('import { ope');
      expect((await source(Infinity)).length).toBe((await file.stat()).size);
    } finally {
      await file.close();
    }
  });

  it('inflate only so far: a small file may unpack to gigabytes', async () => {
    const bomb = inflatedSource(bytesSource(deflateRawSync(Buffer.alloc(64_000_000))));
    const before = process.memoryUsage().arrayBuffers;
    expect(await bomb(1000)).toEqual(Buffer.alloc(1000));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_000_000);
  });

  it('inflate what is there of a stream that is cut off, and refuse a broken one', async () => {
    const packed = deflateRawSync(Buffer.from('many words, '.repeat(500)), { level: 1 });
    const cut = await inflatedSource(bytesSource(packed.subarray(0, packed.length - 4)))(Infinity);
    expect(text(cut).startsWith('many words, many')).toBe(true);
    await expect(inflatedSource(bytesSource(Buffer.alloc(40, 0xff)))(10)).rejects.toThrow('invalid');
  });
});
