import type { House } from './house.ts';

type Start = {
  house: Pick<House, 'publicUrl' | 'isLoopback' | 'sampleLake' | 'env'>;
  dataFolder: string | undefined;
  demoPassword: string | undefined;
  firstAdminLink: string | undefined;
};

/** What a person who has just started Junction needs to know: where it is, how to sign in, where the data lies, how to stop. */
export const welcome = ({ house, dataFolder, demoPassword, firstAdminLink }: Start): string => {
  const lines = [`Junction is ready at  ${house.publicUrl.href.replace(/\/$/, '')}`];
  if (demoPassword !== undefined)
    lines.push(
      'Sign in as            admin@contoso.example (or contributor@…, viewer@…)',
      `Password              ${demoPassword}`,
    );
  if (firstAdminLink !== undefined)
    lines.push(
      `Create the first admin with this one-time link: ${firstAdminLink}`,
      'Links of earlier starts no longer work.',
    );
  if (house.sampleLake !== null) lines.push(`Sample lake           ${house.sampleLake.endpoint}`);
  if (!house.isLoopback && house.publicUrl.protocol === 'http:')
    lines.push(
      'Others can reach this: put TLS in front and set JUNCTION_PUBLIC_URL; without https nobody stays signed in.',
    );
  lines.push(
    `Database              ${house.env.DATABASE_URL === undefined ? 'embedded' : 'the server in DATABASE_URL'}`,
    `Data                  ${dataFolder ?? 'in the database only'}`,
    'Stop                  Ctrl+C',
  );
  return `\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`;
};
