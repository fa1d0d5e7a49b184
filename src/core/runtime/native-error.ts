import { LightboxError } from '#shared/errors.ts';

/** The part of ONNX Runtime's message a person can use: its own source paths and conditions are left out. */
export function describeNativeError(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const withoutCondition = message.split(' was false. ').at(-1) ?? message;
  const withoutStatus = withoutCondition.split('Status Message: ').at(-1) ?? withoutCondition;
  const line = withoutStatus.split('\n').find((text) => text.trim() !== '') ?? 'it gave no reason';
  const withoutPlace = line.replace(/^(.*\/onnxruntime_src\/\S+ |\w+\.cc:\d+ \w+ )/, '');
  return withoutPlace
    .trim()
    .replace(/[.\s]+$/, '')
    .slice(0, 300);
}

/** A native failure as a named one. `action` says what was being done to what: 'open the network of "resnet50.onnx"'. */
export function nativeFailure(action: string, cause: unknown): LightboxError {
  const reason = describeNativeError(cause);
  const advice = /alloc|memory/i.test(reason) ? ' Memory is short: lower --batch or close other programs.' : '';
  return new LightboxError('engine/failed', `ONNX Runtime could not ${action}: ${reason}.${advice}`, { cause });
}
