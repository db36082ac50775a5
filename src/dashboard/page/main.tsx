import { render } from 'preact';
import { App } from './app.tsx';
import { followFeed } from './feed-client.ts';
import { attempt, connection, refresh, take } from './state.ts';
import { applyTheme } from './theme.tsx';

applyTheme();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);

followFeed({
  onOpen() {
    connection.value = 'live';
    void attempt(refresh);
  },
  onMessage: (message) => void attempt(() => take(message)),
  onLost() {
    connection.value = 'lost';
  },
});
