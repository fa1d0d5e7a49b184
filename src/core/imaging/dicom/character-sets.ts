/**
 * Names that TextDecoder knows for the character sets of PS3.3 section C.12.1.1.2; one not listed is read as Latin 1.
 * Sets with code extensions (ISO 2022) stand for their first set: the fields read here hold no escape sequences in practice.
 */
const encodings: Readonly<Record<string, string>> = {
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 148': 'windows-1254',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  'ISO_IR 203': 'iso-8859-15',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** Text of a data element in the file's Specific Character Set (0008,0005); bytes that do not fit it are read as Latin 1. */
export function decodeText(bytes: Uint8Array, characterSet: string | undefined): string {
  const name = (characterSet ?? '').replace(/^ISO 2022 IR/, 'ISO_IR');
  const encoding = encodings[name];
  if (encoding !== undefined) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Mislabelled text is common and still worth showing.
    }
  }
  return Buffer.from(bytes).toString('latin1');
}
