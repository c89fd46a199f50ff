/**
 * Which component shows which address. The feed comes with the app, since most visits begin there;
 * every other room is loaded when it is first opened.
 */
import FeedPage from '~/feed/FeedPage.svelte';
import type { Route } from '~/shared/router.svelte';

const feed: Route['load'] = () => Promise.resolve({ default: FeedPage });

export const routes: readonly Route[] = [
  { path: '/', load: feed, bare: true, key: 'feed' },
  { path: '/following', load: feed, bare: true, key: 'feed' },
  { path: '/p/:id', load: feed, bare: true, key: 'feed' },
  { path: '/u/:handle', load: () => import('~/account/AuthorPage.svelte') },
  { path: '/me', load: () => import('~/account/MePage.svelte') },
  { path: '/inbox', load: () => import('~/account/InboxPage.svelte') },
  { path: '/studio', load: () => import('~/studio/StudioPage.svelte') },
  { path: '/studio/new', load: () => import('~/studio/NewPage.svelte') },
  { path: '/studio/p/:id', load: () => import('~/studio/PostPage.svelte') },
  { path: '/studio/p/:id/report', load: () => import('~/report/ReportPage.svelte') },
  { path: '/studio/p/:id/correct', load: () => import('~/recall/ComposePage.svelte') },
  { path: '/attest/:versionId', load: () => import('~/report/AttestPage.svelte') },
  { path: '/rehearse', load: () => import('~/rehearsal/InvitationsPage.svelte') },
  { path: '/rehearse/:rehearsalId', load: () => import('~/rehearsal/AnswerPage.svelte') },
  { path: '/console', load: () => import('~/console/ConsolePage.svelte') },
];
