/** The words of a text, for tables of names that would fill pages one to a line. */
export const listWords = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
