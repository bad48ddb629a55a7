import { type Logger, pino } from 'pino';

export type Log = Logger;

/** One JSON line per event on standard output. What is logged is chosen at each call; the paths below are a second net. */
export const createLog = (level: string, destination?: NodeJS.WritableStream): Log => {
  const options = {
    level,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: {
      paths: ['*.password', '*.token', '*.secrets', '*.authorization', '*.cookie', '*.accountKey', '*.sasToken'],
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
};
