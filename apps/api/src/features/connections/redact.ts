import type { CheckStep } from '@junction/contracts';

/** Shorter texts occur in sentences by chance; no secret worth the name is that short. */
const shortestSecret = 4;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The forms in which another server may send back what it was given. */
const spellings = (secret: string): string[] => {
  const encodings = ['base64', 'base64url', 'hex'] as const;
  return [
    secret,
    decoded(secret),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...encodings.map((encoding) => Buffer.from(secret).toString(encoding)),
  ];
};

/**
 * Takes secrets out of a text, however they are spelled. Connectors do not put them there; this is the net below them, for
 * servers that echo a request in their error.
 */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap(spellings)
    .sort((one, other) => other.length - one.length)
    .reduce((clean, spelling) => clean.replaceAll(spelling, '[secret]'), text);

/** A step of a check without secrets. */
export const redactStep = (step: CheckStep, secrets: readonly string[]): CheckStep => ({
  ...step,
  message: redact(step.message, secrets),
  remedy: step.remedy && {
    text: redact(step.remedy.text, secrets),
    command: step.remedy.command === undefined ? undefined : redact(step.remedy.command, secrets),
  },
});
