import type { ApiToken } from '@junction/contracts';
import { ConfirmDialog, type ConfirmDialogProps } from '../confirm-dialog.tsx';
import { RelativeTime } from '../relative-time.tsx';

type Props = Pick<ConfirmDialogProps, 'isBusy' | 'error' | 'onConfirm' | 'onCancel'> & { token: ApiToken | undefined };

/** Asks before a token is revoked. */
export const RevokeTokenDialog = ({ token, ...rest }: Props) => (
  <ConfirmDialog
    {...rest}
    title={`Revoke ${token?.name ?? 'this token'}?`}
    consequences={[
      'Whatever uses it is refused from its next request on.',
      'It cannot be undone: make a new token to go on.',
      ...(token && !token.isExpired
        ? [
            token.lastUsedAt === null ? (
              'It was never used.'
            ) : (
              <>
                It was last used <RelativeTime at={token.lastUsedAt} />.
              </>
            ),
          ]
        : []),
    ]}
    confirmText="Revoke"
  />
);
