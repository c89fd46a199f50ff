'use strict';
// One finding is chosen at a time, in the list, the words, the timeline and the picture at once.
const read = (id) => document.getElementById(id);
const told = JSON.parse(read('told').textContent);
const found = new Map(told.findings.map((one) => [one.id, one]));
const video = document.querySelector('video');
const box = document.querySelector('.box');
const head = document.querySelector('.head > span');
let chosen = null;

function choose(id, seeks) {
  const one = found.get(id);
  if (!one) return;
  chosen = one;
  for (const each of document.querySelectorAll('[data-id]')) {
    const is = each.dataset.id === id;
    each.classList.toggle('selected', is);
    const button = each.matches('article') ? each.querySelector('button') : each;
    if (button.hasAttribute('aria-pressed')) button.setAttribute('aria-pressed', String(is));
    if (is && !each.closest('.lane')) each.scrollIntoView({ block: 'nearest' });
  }
  if (seeks && video && one.start !== null) video.currentTime = one.start / 1000;
  draw();
}

function step(by) {
  const at = told.findings.indexOf(chosen);
  const next = told.findings[at + by];
  if (next) choose(next.id, true);
}

// Where a track is at a time: between two spots it moves straight from one to the other.
function placeAt(one, ms) {
  if (!one || !one.spots.length || ms < one.spots[0][0] || ms >= one.until) return null;
  let at = one.spots.length - 1;
  while (one.spots[at][0] > ms) at -= 1;
  const before = one.spots[at];
  const after = one.spots[at + 1] || before;
  const share = after === before ? 0 : (ms - before[0]) / (after[0] - before[0]);
  return before.slice(1).map((edge, n) => edge + (after[n + 1] - edge) * share);
}

function draw() {
  if (!video) return;
  const ms = video.currentTime * 1000;
  head.style.left = `${told.duration ? Math.min(100, (ms / told.duration) * 100) : 0}%`;
  const place = placeAt(chosen, ms);
  box.hidden = !place;
  if (!place) return;
  const [left, top, right, bottom] = place;
  const [width, height] = told.picture;
  box.style.left = `${(left / width) * 100}%`;
  box.style.top = `${(top / height) * 100}%`;
  box.style.width = `${((right - left) / width) * 100}%`;
  box.style.height = `${((bottom - top) / height) * 100}%`;
}

function run() {
  draw();
  if (!video.paused) requestAnimationFrame(run);
}

document.addEventListener('click', (event) => {
  const on = event.target.closest('[data-id], [data-at]');
  if (!on) return;
  if (on.dataset.id) choose(on.dataset.id, true);
  else if (video) video.currentTime = Number(on.dataset.at) / 1000;
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const on = event.target instanceof Element ? event.target : document.body;
  if (event.key === 'j') step(1);
  else if (event.key === 'k') step(-1);
  else if (event.key === ' ' && video && !on.closest('button, summary, video')) {
    if (video.paused) void video.play();
    else video.pause();
  } else return;
  event.preventDefault();
});

if (video) {
  const letters = atob(read('copy').textContent.trim());
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
  for (const name of ['timeupdate', 'seeked', 'loadedmetadata']) video.addEventListener(name, draw);
  video.addEventListener('play', run);
}
