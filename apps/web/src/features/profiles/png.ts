/** What stands around a picture of a chart. */
type Frame = {
  title: string;
  /** What it is about, as of when, and what is not shown; a line each. */
  lines: readonly string[];
  colors: { ground: string; text: string; subtext: string };
  fontFamily: string;
};

/** Sharp on a screen with small pixels, and printed. */
const scale = 2;
const [margin, titleHeight, lineHeight] = [20, 26, 18];

const decoded = async (source: string): Promise<HTMLImageElement> => {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
};

/** A drawing as an image. As a data URL, which is the one source besides the server that the content security policy lets in. */
const imageOf = (svg: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> => {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const text = new XMLSerializer().serializeToString(copy);
  return decoded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`);
};

/** A chart as a PNG, with its title above it. */
export const pictureOf = async (svg: SVGSVGElement, { title, lines, colors, fontFamily }: Frame): Promise<Blob> => {
  const { width, height } = svg.viewBox.baseVal;
  const image = await imageOf(svg, width, height);
  const top = margin + titleHeight + lines.length * lineHeight + margin / 2;
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * margin) * scale;
  canvas.height = (top + height + margin) * scale;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  context.scale(scale, scale);
  context.fillStyle = colors.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = colors.text;
  context.font = `600 18px ${fontFamily}`;
  context.fillText(title, margin, margin + titleHeight / 2 + 4, width);
  context.fillStyle = colors.subtext;
  context.font = `12px ${fontFamily}`;
  for (const [index, line] of lines.entries())
    context.fillText(line, margin, margin + titleHeight + (index + 1) * lineHeight - 4, width);
  context.drawImage(image, margin, top, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture came out empty.'))), 'image/png'),
  );
};
