export { countryWords } from './country-words.ts';
export { type Gender, genderWords } from './gender-words.ts';
export { type CustomerTally, incomeEdges, restOfCities, type TallyCell } from './tally.ts';
