/** Where the page lives: a scheme of its own, so that no other page and no file shares its origin. */
export const ownScheme = 'app';
export const ownHost = 'lightbox';
export const ownOrigin = `${ownScheme}://${ownHost}`;

/** The page, and the page that shows the picture alone. */
export const pageAddress = `${ownOrigin}/`;
export const pictureAddress = `${ownOrigin}/?picture`;

/** Whether an address is of the page's own origin, however it is written. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  // The origin of a scheme Node does not know is "null".
  return url?.protocol === `${ownScheme}:` && url.host === ownHost && url.username === '' && url.password === '';
}
