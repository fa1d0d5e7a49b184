export const memorySettings: {
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
};
