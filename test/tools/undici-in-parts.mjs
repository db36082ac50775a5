// Loading all of undici, with fetch, caches and mocks, takes as long as starting Node.js. The gateway needs its
// connection pool, and gets that alone.
export { default as buildConnector } from 'undici/lib/core/connect.js';
export { default as Client } from 'undici/lib/dispatcher/client.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
