import { describe, expect, it } from 'vitest';
import { exportFolder, timeFolder } from './layout.ts';

describe('the layout of what is written', () => {
  it('has a folder of the environment, the export’s own and its name', () => {
    const one = { environmentId: '0199', name: 'High value' };
    expect(exportFolder({ ...one, folder: 'crm/weekly' })).toBe('Junction_0199/crm/weekly/High value');
    expect(exportFolder({ ...one, folder: '' })).toBe('Junction_0199/High value');
  });

  it('has the time of the run in UTC, and tells runs of one minute apart', () => {
    const time = new Date('2026-03-04T05:06:59.999+02:00');
    expect([1, 2, 12].map((ordinal) => timeFolder(time, ordinal))).toEqual([
      '2026/03/04/0306',
      '2026/03/04/0306_2',
      '2026/03/04/0306_12',
    ]);
  });
});
