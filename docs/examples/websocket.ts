import type { Session } from 'token-vigil';

/**
 * A socket that proves who it is in its first message, and again after every renewal.
 * Browsers give a WebSocket no headers, and a token in its URL would end up in logs.
 */
export const openSocket = (session: Session<unknown>, url: string): WebSocket => {
  const socket = new WebSocket(url);

  const authenticate = async (): Promise<void> => {
    try {
      socket.send(JSON.stringify({ type: 'authenticate', token: await session.getAccessToken() }));
    } catch (error) {
      console.warn(error);
      socket.close();
    }
  };

  const stops = [
    session.on('renewed', () => void authenticate()),
    session.on('expired', () => socket.close()),
    session.on('signedOut', () => socket.close()),
  ];
  socket.addEventListener('open', () => void authenticate());
  socket.addEventListener('close', () => stops.forEach((stop) => stop()));
  return socket;
};
