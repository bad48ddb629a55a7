/** How wide a letter is on average, in parts of the font's size; wide scripts take a whole one. */
const [narrowLetter, wideLetter] = [0.54, 1];
const wideScript = /[\u1100-\u11FF\u2E80-\u9FFF\uAC00-\uD7AF\uFF00-\uFFEF]/;

/** About how wide a text is drawn, in pixels: SVG neither breaks nor shortens it. */
export const textWidth = (text: string, fontSize: number): number =>
  Array.from(text).reduce((sum, letter) => sum + (wideScript.test(letter) ? wideLetter : narrowLetter), 0) * fontSize;

/** A text cut to fit into a width. */
export const fitted = (text: string, fontSize: number, width: number): string => {
  if (textWidth(text, fontSize) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, fontSize) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
};
