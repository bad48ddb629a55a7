import type { ProfileFilter } from '@junction/contracts';
import * as contract from '@junction/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { isProblem } from '../../lib/errors.ts';
import { read } from '../../lib/queries.ts';

/**
 * The report of a connection, narrowed by a filter. The server records who looks at it, so it is read when somebody does something: there is
 * no interval. While another filter's answer is on its way, the old one stays.
 */
export const profileReportQuery = (environmentId: string, connectionId: string, filter: ProfileFilter) =>
  queryOptions({
    ...read(contract.getProfileReport, { params: { environmentId, connectionId }, query: filter }),
    placeholderData: keepPreviousData,
    // The page itself tells of access that was taken away.
    throwOnError: false,
  });

/** Whether an error says that there is no such report for this person. */
export const isNotTheirs = (error: unknown): error is Error =>
  isProblem(error, 'notFound') || isProblem(error, 'forbidden');
