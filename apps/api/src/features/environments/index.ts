export { addEnvironment } from './add-environment.ts';
