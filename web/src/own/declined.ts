/** Whether the viewer wants no device token: the cookie says so, which is then the same for all. */
const DECLINED = 'wardcast_device=off';

export function declined(): boolean {
  return document.cookie.split(/;\s*/).includes(DECLINED);
}
