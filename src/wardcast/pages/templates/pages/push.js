// Runs in the browser when the house knocks. It knows nothing of what waits: the app shows that.
self.addEventListener('push', (event) => {
  const words = event.data ? event.data.text() : 'A correction waits for you.';
  const shown = { body: words, tag: 'owed' };
  event.waitUntil(self.registration.showNotification('Wardcast', shown));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow('/'));
});
