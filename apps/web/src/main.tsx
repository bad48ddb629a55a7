import './app/fabric-config.ts';
import './app/zod-config.ts';

// Loaded only now, because Fluent reads its settings while its modules load, and a bundler may put those before this file.
await import('./app/start.tsx');
