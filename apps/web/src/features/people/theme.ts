import { type Me, type Theme, updateMe } from '@junction/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/call.ts';
import { isProblem } from '../../lib/errors.ts';
import { meQuery } from '../../lib/session.ts';

export const themeWords: Readonly<Record<Theme, string>> = {
  system: 'Same as the system',
  light: 'Light',
  dark: 'Dark',
  highContrast: 'High contrast',
};

/** Changes one's theme: on the screen at once, then on the server; put back when that fails. */
export const useChooseTheme = () => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (theme: Theme): Promise<Me> => {
      const save = async () =>
        call(updateMe, { body: { theme }, ifMatch: (await queryClient.ensureQueryData(meQuery)).etag });
      try {
        return await save();
      } catch (error) {
        if (!isProblem(error, 'preconditionFailed')) throw error;
        // Another tab changed something else of this person's; a theme has nothing to lose by that.
        await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
        return save();
      }
    },
    onMutate: async (theme) => {
      await queryClient.cancelQueries({ queryKey: meQuery.queryKey });
      const before = queryClient.getQueryData(meQuery.queryKey);
      queryClient.setQueryData(meQuery.queryKey, (me) => me && { ...me, theme });
      return before;
    },
    onError: (_error, _theme, before) =>
      queryClient.setQueryData(meQuery.queryKey, (me) => me && before && { ...me, theme: before.theme }),
    onSuccess: (me) => queryClient.setQueryData(meQuery.queryKey, me),
  });
};
