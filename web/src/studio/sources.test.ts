import { expect, it } from 'vitest';
import { postIn } from './sources';

const ID = '01a22bca-5c3a-7be0-a979-8ea0d132d7e1';

it.each([
  [`https://wardcast.example/p/${ID}`, ID],
  [`https://wardcast.example/v/${ID}?from=share#top`, ID],
  [`  ${ID.toUpperCase()} `, ID],
  [`https://wardcast.example/studio/${ID}`, null],
  ['https://wardcast.example/p/soon', null],
  ['', null],
])('reads the post in %j', (address, id) => {
  expect(postIn(address)).toBe(id);
});
