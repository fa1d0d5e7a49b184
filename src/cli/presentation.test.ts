import { describe, expect, test, vi } from 'vitest';
import { LightboxError } from '#shared/errors.ts';
import { ProgressBar } from './progress-bar.ts';
import { reportFailure } from './report-failure.ts';
import { renderTable } from './text-table.ts';

describe('table', () => {
  test('aligns text left, numbers right, and leaves no blanks at the end', () => {
    const table = renderTable(
      ['layer', 'size', 'ratio'],
      [
        ['conv1', '112×112', '2.5'],
        ['relu', '', '10.25'],
      ],
    );
    expect(table).toBe('layer     size  ratio\nconv1  112×112    2.5\nrelu            10.25\n');
  });

  test('without rows is its header', () => {
    expect(renderTable(['a', 'b'], [])).toBe('a  b\n');
  });
});

describe('failure', () => {
  test('is one line with its code, whatever the message holds', () => {
    const report = reportFailure(new LightboxError('model/unreadable', 'Half a\n  model.'));
    expect(report).toMatchObject({ text: 'lightbox: Half a model. [model/unreadable]\n', exitCode: 1 });
    expect(JSON.parse(report.json)).toEqual({ error: { code: 'model/unreadable', message: 'Half a model.' } });
  });

  test('cancelled is 130', () => {
    expect(reportFailure(new LightboxError('job/cancelled', 'Cancelled.')).exitCode).toBe(130);
  });

  test('shows a stack only when asked for', () => {
    const cause = new LightboxError('internal', 'Oops.', { cause: new TypeError('deep down') });
    expect(reportFailure(cause).text).not.toContain('.ts:');
    vi.stubEnv('LIGHTBOX_DEBUG', '1');
    expect(reportFailure(cause).text).toMatch(/presentation\.test\.ts:\d+.*deep down/s);
    vi.unstubAllEnvs();
  });
});

describe('progress bar', () => {
  const drawOn = (isTTY: boolean): string[] => {
    const written: string[] = [];
    const bar = new ProgressBar({ isTTY, columns: 40, write: (text) => written.push(text) });
    bar.show({ done: 1, total: 4, label: 'a picture with quite a long name' });
    bar.clear();
    bar.clear();
    return written;
  };

  test('stays within the line of a terminal and is taken off once', () => {
    const [shown = '', ...cleared] = drawOn(true);
    expect(shown.replace('\r\u001B[K', '')).toBe(`${'█'.repeat(6)}${'░'.repeat(18)} 1/4 a picture w`.slice(0, 39));
    expect(cleared).toEqual(['\r\u001B[K']);
  });

  test('is silent elsewhere', () => {
    expect(drawOn(false)).toEqual([]);
  });
});
