/** The password of the three sample accounts while the flows run. */
export const demoPassword = 'flows-sign-in-with-this';
