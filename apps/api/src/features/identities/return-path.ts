import { invalidField } from '../../platform/app-error.ts';

/** The path of a page of ours, with its query and fragment; throws for whatever would lead elsewhere. */
export const readReturnPath = (text: string, publicUrl: URL): string => {
  const refuse = () => invalidField('returnTo', 'not_a_path', 'Give a path of this site, such as /exports.');
  // A browser reads a backslash as a slash, and drops line breaks and tabs.
  if (!/^\/(?![/\\])/.test(text) || /[\\\p{Cc}]/u.test(text) || !URL.canParse(text, publicUrl)) throw refuse();
  const { origin, pathname, search, hash } = new URL(text, publicUrl);
  // A path such as /.//host comes out with two slashes in front, and would then be the address of another host.
  if (origin !== publicUrl.origin || pathname.startsWith('//')) throw refuse();
  return `${pathname}${search}${hash}`;
};
