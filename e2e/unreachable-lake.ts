/** An endpoint that connections may lead to and where nothing listens (the discard port, RFC 863). */
export const unreachableLake = 'http://127.0.0.1:9';
