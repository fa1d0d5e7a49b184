/** A condition of a statement, with its named parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}
