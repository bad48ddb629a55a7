export { profileDataOf } from './profile-data.ts';
