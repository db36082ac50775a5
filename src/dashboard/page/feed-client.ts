import type { FeedMessage } from '../feed.ts';

const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 10_000;

export interface FeedWatcher {
  onOpen(): void;
  onMessage(message: FeedMessage): void;
  onLost(): void;
}

/** Follows the feed for as long as the page is open, and comes back when the gateway was restarted. */
export function followFeed(watcher: FeedWatcher): void {
  let pause = firstPauseMilliseconds;
  const connect = () => {
    const socket = new WebSocket(`ws://${location.host}/api/events`);
    socket.addEventListener('open', () => {
      pause = firstPauseMilliseconds;
      watcher.onOpen();
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => watcher.onMessage(JSON.parse(data)));
    socket.addEventListener('close', () => {
      watcher.onLost();
      window.setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPauseMilliseconds);
    });
  };
  connect();
}
