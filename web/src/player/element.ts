/** The `<video>` of the feed, as a clip needs it. */
export function videoElement(): HTMLVideoElement {
  const video = document.createElement('video');
  video.playsInline = true;
  video.loop = true;
  video.preload = 'auto';
  video.disablePictureInPicture = true;
  video.tabIndex = -1;
  video.ariaHidden = 'true';
  return video;
}

/** Whether a clip of this size fills a screen that is held upright, its edges cut. */
export function fills({ width, height }: { width: number; height: number }): boolean {
  return height >= width * 1.2;
}
