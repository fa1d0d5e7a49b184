import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../cli/run-lightbox.ts';

/** Text that would be run as a program. */
const evaluations: readonly RegExp[] = [
  /(?<![.\w])eval\s*\(/,
  /\bnew\s+Function\b|(?<![\w.])Function\s*\(/,
  /\b(setTimeout|setInterval)\s*\(\s*['"`]/,
  /['"](node:)?vm['"]/,
  /javascript:/,
  /\bshell:\s*true\b|\bexecSync\s*\(|\bexec\s*\(\s*[`'"]/,
  /dangerouslySetInnerHTML|\.innerHTML\s*=|document\.write/,
  /(?<![.\w])import\s*\(\s*(?!['"]|new URL)/,
];

const findEvaluation = (text: string): RegExp | undefined => evaluations.find((pattern) => pattern.test(text));

function listSources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js|html)$/.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

describe('no text is run as a program', () => {
  test('in any file of src', () => {
    const files = listSources(path.join(projectFolder, 'src'));
    const found = files.filter((file) => findEvaluation(readFileSync(file, 'utf8')) !== undefined);
    expect(files.length).toBeGreaterThan(500);
    expect(found.map((file) => path.relative(projectFolder, file))).toEqual([]);
  });

  test.each([
    ...['eval("1")', 'new Function("return 1")', 'Function("x")', "import vm from 'node:vm'", "setTimeout('run()', 1)"],
    ...['spawn(name, { shell: true })', 'element.innerHTML = text', 'import(name)', 'location = "javascript:x"'],
  ])('and it would be seen: %s', (text) => {
    expect(findEvaluation(text)).toBeDefined();
  });

  test.each([
    ['eval("1");', 'no-eval'],
    ['new Function("return 1");', 'no-new-func'],
    ['location.href = "javascript:run()";', 'no-script-url'],
    ["import 'node:vm';", 'no-restricted-imports'],
  ])('and the linter refuses it: %s', async (text, rule) => {
    const linter = new ESLint({ cwd: projectFolder });
    const [result] = await linter.lintText(text, { filePath: path.join(projectFolder, 'src/cli/lightbox.js') });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(rule);
  });
});
