export { countryWords } from './country-words.ts';
export { type Gender, genderWords } from './gender-words.ts';
export { makeReport, type ReportOptions, type StoredReport } from './report/make.ts';
export { type OpenReport, openReport, type ReportAnswer } from './report/open.ts';
export { type CustomerTally, incomeEdges, restOfCities, type TallyCell } from './tally.ts';
