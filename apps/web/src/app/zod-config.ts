import { config } from 'zod';

// Zod looks whether it may compile its schemas with eval, which the content security policy refuses and reports. Schemas decide
// that when they are made, so this file is imported before any of them.
config({ jitless: true });
