import { useTheme } from '@fluentui/react';

/** Junction's mark: one line that becomes two. */
export const ProductMark = ({ size }: { size: number }) => {
  const { palette } = useTheme();
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="5" fill={palette.themePrimary} />
      <path
        d="M5 7h4a3 3 0 0 1 3 3v4a3 3 0 0 0 3 3h4M12 12h7"
        fill="none"
        stroke={palette.white}
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="5" cy="7" r="2" fill={palette.white} />
    </svg>
  );
};
