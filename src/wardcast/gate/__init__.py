"""The only caller of ffmpeg, ffprobe and every decoder.

Media from outside is hostile until it has been decoded and encoded again. This room does that
inside a sandbox (`wardcast.gate.sandbox`), with limits (`wardcast.gate.limits`), and hands back
plain values:

* `wardcast.gate.probe.probe` says what a file is, or why it is refused;
* `wardcast.gate.edits` holds what an author removed, in the original's clock;
* `wardcast.gate.render.render` makes the renditions, the progressive MP4 and the poster;
* `wardcast.gate.frames` leaves still pictures and sound for those who must look and listen.

It knows neither Django nor any other room.
"""
