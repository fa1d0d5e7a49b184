/** ONNX Runtime: sessions, and the providers that compute them. */
export { probeBlockSize, type BlockSize } from './block-size.ts';
export { checkProvider, probeProvider, type ProviderProbe } from './probe.ts';
export { chooseProvider, rememberTrials, type ChosenProvider, type ProviderTrials } from './providers.ts';
export { createSession, type Session, type SessionRequest, type Tensor } from './session.ts';
export { swiftShaderEnvironment } from './swiftshader.ts';
export { defaultThreadCount } from './thread-count.ts';
