import type { Command } from 'commander';
import type { LayerDescription, ModelDescription, ValueDescription } from '#core/workbench/index.ts';
import { compositeOption, jsonOption } from '../options.ts';
import type { Shell } from '../shell.ts';
import { renderTable } from '../text-table.ts';

interface ModelOptions {
  readonly composite?: string;
  readonly json: boolean;
}

const examples = `
Examples:
  lightbox model classifier.onnx
  lightbox model classifier.onnx --composite EpsilonGammaBox
  lightbox model classifier.onnx --json`;

export function addModelCommand(program: Command, shell: Shell): void {
  program
    .command('model')
    .description('show a model: inputs, outputs, layers, and the rule each composite gives them')
    .argument('<file>', 'ONNX model')
    .addOption(compositeOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((file: string, options: ModelOptions) =>
      shell.run(options, async (workbench) => {
        const description = await workbench.describeModel(file, options.composite);
        return { text: renderModel(description), json: description };
      }),
    );
}

function renderModel(model: ModelDescription): string {
  const facts = [
    ['model', `${model.file}${model.title ? ` (${model.title})` : ''}`],
    ['sha-256', model.sha256],
    ['made by', `${model.producer || 'unknown'}, opset ${model.opset ?? 'unknown'}`],
    ['parameters', model.parameterCount.toLocaleString('en')],
    ...model.inputs.map((value) => ['input', renderValue(value)]),
    ...model.outputs.map((value) => ['output', renderValue(value)]),
    ...(model.labels.length > 0 ? [['classes', model.labels.join(', ')]] : []),
    ...(model.manifest === 'default' ? [['manifest', "none; torchvision's preprocessing is assumed"]] : []),
    ...model.notes.map((note) => ['note', note]),
  ];
  const width = Math.max(...facts.map(([name = '']) => name.length));
  const head = facts.map(([name = '', value = '']) => `${name.padEnd(width)}  ${value}\n`).join('');
  return `${head}\n${renderLayers(model)}\n${renderLegend(model)}`;
}

function renderValue({ name, dataType, shape }: ValueDescription): string {
  return `${name} ${dataType} [${shape?.map((size) => (size === '' ? '?' : String(size))).join(', ') ?? '?'}]`;
}

function renderLayers({ composites, layers }: ModelDescription): string {
  const header = ['layer', 'type', 'channels', 'size', ...composites.map(shortenComposite)];
  return renderTable(
    header,
    layers.map((layer) => describeLayer(layer, composites)),
  );
}

function describeLayer(layer: LayerDescription, composites: readonly string[]): readonly string[] {
  const { name, type, channels, height, width, rules } = layer;
  const size = height === undefined || width === undefined ? '' : `${height}×${width}`;
  return [name, type, String(channels), size, ...composites.map((composite) => shortenRule(rules[composite] ?? ''))];
}

/** `EpsilonAlpha2Beta1Flat` becomes `EA2B1F`: seven of them stand side by side. */
function shortenComposite(composite: string): string {
  return composite.replaceAll(/[a-z]/g, '') || composite;
}

/** Parameters are left to the legend. */
function shortenRule(rule: string): string {
  return rule.replace(/\(.*/, '');
}

/** The columns' full names and each rule in use with its parameters. */
function renderLegend({ composites, layers }: ModelDescription): string {
  const lines = composites.map((composite) => {
    const rules = new Set(layers.map((layer) => layer.rules[composite] ?? ''));
    return [shortenComposite(composite), composite, [...rules].join(', ')];
  });
  return renderTable(['', 'composite', 'rules'], lines);
}
