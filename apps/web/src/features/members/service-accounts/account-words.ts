/** Why a service account cannot be changed by who looks at it. */
export const whyNotYours = 'It also belongs to environments that you do not administer.';
