/** What computes a network. `webgpu` is any graphics adapter; `cuda` an NVIDIA one through its own libraries. */
export const providers = ['cuda', 'webgpu', 'cpu'] as const;

export type Provider = (typeof providers)[number];

/** What a user may ask for: one of them, or the best that works here. */
export const providerChoices = ['auto', ...providers] as const;

export type ProviderChoice = (typeof providerChoices)[number];
