import type { ModelRecord } from '../model-file.ts';

/** What figures call a model: its title, or its file's name without the ending; never its folder. */
export const titleOfModel = ({ title, file }: Pick<ModelRecord, 'title' | 'file'>): string =>
  title ?? file.replace(/\.onnx$/, '');
