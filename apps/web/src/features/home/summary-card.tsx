import { Shimmer } from '@fluentui/react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';

type Props<Summary> = {
  title: string;
  summary: Pick<UseQueryResult<Summary>, 'data' | 'error' | 'refetch'>;
  /** One sentence under the title. */
  textOf: (summary: Summary) => string;
  children: (summary: Summary) => ReactNode;
};

/** A card over a summary, with what it shows while that is on its way or cannot be read. */
export const SummaryCard = <Summary,>({ title, summary, textOf, children }: Props<Summary>) => {
  const { data, error, refetch } = summary;
  if (data !== undefined)
    return (
      <Card title={title} text={textOf(data)}>
        {children(data)}
      </Card>
    );
  return (
    <Card title={title}>{error === null ? <Shimmer /> : <ErrorState error={error} onRetry={() => refetch()} />}</Card>
  );
};
