import { expect, test } from 'vitest';
import { describeNativeError, nativeFailure } from './native-error.ts';

test("leaves out ONNX Runtime's own source paths and conditions", () => {
  const native =
    '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::Initialize() ' +
    'status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n';
  expect(describeNativeError(new Error(native))).toBe('Failed to get a WebGPU adapter: No supported adapters');
  expect(
    describeNativeError(new Error("Non-zero status code returned. Status Message: input 'x' is too small\n\n")),
  ).toBe("input 'x' is too small");
});

test('says what to do when memory is short', () => {
  const failure = nativeFailure(
    'run "vgg16.onnx"',
    new Error('Failed to allocate memory for requested buffer of size 9'),
  );
  expect(failure.code).toBe('engine/failed');
  expect(failure.message).toContain('lower --batch');
  expect(nativeFailure('run "vgg16.onnx"', new Error('Invalid rank')).message).not.toContain('--batch');
});
