import type { StoreError } from '../../connector.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import { connectSftp } from '../connect.ts';
import { SftpFailure } from '../failure.ts';
import type { SftpSession } from '../files/session.ts';
import type { SftpPlace } from '../place.ts';

/** From the socket until SFTP is there; servers that look names up or ask other servers take seconds. */
const connectDeadlineMs = 20_000;

/** The one connection of an opened destination: made when it is first needed, and again after it was lost. */
export type Sessions = {
  get(): Promise<SftpSession>;
  close(reason: StoreError): void;
};

export const keepSession = (place: SftpPlace, outbound: Outbound): Sessions => {
  const closing = new AbortController();
  let current: Promise<SftpSession> | undefined;

  const open = async (): Promise<SftpSession> => {
    const deadline = AbortSignal.timeout(connectDeadlineMs);
    try {
      return await connectSftp(outbound, place, AbortSignal.any([closing.signal, deadline]));
    } catch (error) {
      throw deadline.aborted && error === deadline.reason ? new SftpFailure('noAnswer') : error;
    }
  };

  return {
    get() {
      if (current !== undefined) return current;
      const opened = open();
      current = opened;
      const forget = () => {
        if (current === opened) current = undefined;
      };
      opened.then((session) => session.ended.then(forget), forget);
      return opened;
    },
    close(reason) {
      closing.abort(reason);
      current?.then(
        (session) => session.close(),
        () => undefined,
      );
    },
  };
};
