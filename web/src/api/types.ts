/**
 * The shapes of the API by the names that the web app uses; what they hold is generated from the
 * API's description. Times are ISO 8601 in UTC; `_ms` is a position on the original clip.
 */
import type { components } from './schema';

type Shapes = components['schemas'];

export type Lane = Shapes['CardOut']['lane'];
export type Severity = Shapes['OwedNoticeOut']['severity'];
export type Role = 'guest' | 'viewer' | 'clinician' | 'moderator' | 'admin' | 'named_person';

export type Me = Shapes['MeOut'];
export type Person = Shapes['PersonOut'];
export type PersonPage = Shapes['ProfileOut'];
export type CredentialCard = Shapes['CredentialOut'];
export type CredentialDetail = Shapes['CredentialDetailOut'];
export type Notification = Shapes['NotificationOut'];

export type Card = Shapes['CardOut'];
export type FeedItem = Shapes['FeedItemOut'];
export type FeedAnswer = Shapes['ClipsOut'] | Shapes['MustSeeOut'];
export type FeedKind = 'for_you' | 'following';
export type Beacon = Shapes['BeaconIn'];
export type Comment = Shapes['CommentOut'];

export type OwedNotice = Shapes['OwedNoticeOut'];
export type Asking = Shapes['AskingOut'];
export type Verdict = Shapes['LaterVerdictOut'];
export type NewNotice = Shapes['NoticeIn'];
export type PublicNotice = Shapes['NoticeOut'];

/** An upload that broke off and can go on. */
export type UnfinishedUpload = Shapes['UnfinishedOut'];
export type StudioPost = Shapes['StudioPostOut'];
/** A post in a list, which shows none of its long texts. */
export type PostInList = Shapes['StudioListedOut'];
/** A part of another video that one was made from. */
export type Source = Shapes['SourceOut'];
export type StudioVersion = Shapes['StudioVersionOut'];
export type Visibility = Shapes['StudioPostOut']['visibility'];
export type WayStep = Shapes['StepOut'];

/** Signed files that an author takes elsewhere. */
export type Sharing = Shapes['SharingOut'];
export type Shareable = Shapes['ShareableOut'];

export type CheckReport = Shapes['ReportOut'];
export type Finding = Shapes['FindingOut'];
export type ConsentToShow = Shapes['ConsentToShowOut'];
export type NewConsentToShow = Shapes['ConsentToShowIn'];
export type NoticeDraft = Shapes['DraftOut'];
/** A name or a monitor's words that an author has called their own. */
export type OwnWord = Shapes['OwnWordOut'];
export type Duties = Shapes['DutiesOut'];
export type AttestDuty = Shapes['AttestDutyOut'];

export type RehearsalTask = Shapes['TaskOut'];
export type RehearsalAnswer = Shapes['AnswerIn'];
export type AuthorRehearsal = Shapes['OverviewOut'];

export type ConsolePerson = Shapes['ConsolePersonOut'];
export type NewCredential = Shapes['VerifyIn'];
export type Gate = Shapes['ConsentOut']['waives'][number];
export type StandingConsent = Shapes['ConsentOut'];
export type NewConsent = Shapes['ConsentIn'];
export type ConsoleHost = Shapes['HostOut'];
export type HostChanges = Shapes['HostIn'];
