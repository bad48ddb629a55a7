import react from '@vitejs/plugin-react';
import icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';

/** The API that `npm run dev` serves beside the web; a port of one's own when 3000 is taken. */
const apiOrigin = `http://127.0.0.1:${process.env.PORT ?? '3000'}`;

export default defineConfig({
  root: import.meta.dirname,
  // Icons come into the bundle one by one, as the text of their SVG.
  plugins: [react(), icons({ compiler: 'raw', scale: 1 })],
  build: {
    outDir: 'dist',
    sourcemap: true,
    // Inlined files become data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': apiOrigin, '/livez': apiOrigin, '/readyz': apiOrigin } },
});
