"""Addresses of the pages that need no JavaScript."""

from django.urls import URLPattern, URLResolver, path

from wardcast.pages import assets, feeds, history, mail, notices, open_list, reach, watching

urlpatterns: list[URLPattern | URLResolver] = [
    path("push.js", assets.push_worker, name="push_worker"),
    path("app/<path:name>", assets.asset, name="asset"),
    path("v/<uuid:post_id>", watching.permalink, name="permalink"),
    path("embed/<uuid:post_id>", watching.embed, name="embed"),
    path("clips/<slug:folder>/clip.mp4", watching.clip, name="clip"),
    path(".well-known/wardcast-ca.pem", watching.authority, name="authority"),
    path(".well-known/wardcast-proof-key", notices.proof_key, name="proof_key"),
    path("corrections", notices.corrections, name="corrections"),
    path("corrections.atom", feeds.atom, name="corrections_atom"),
    path("corrections.rss", feeds.rss, name="corrections_rss"),
    path("corrections.json", feeds.json_feed, name="corrections_json"),
    path("corrections/by-mail", mail.ask, name="corrections_by_mail"),
    path("corrections/confirm/<str:ticket>", mail.confirm, name="confirm_corrections"),
    path("mail/corrections/<str:ticket>", mail.corrections, name="stop_corrections"),
    path("mail/reminders/<str:ticket>", mail.reminders, name="stop_reminders"),
    path("versions/<uuid:version_id>/reach", reach.reach, name="reach"),
    path("watched", history.watched, name="watched"),
    path("watched.json", history.watched_json, name="watched_json"),
    path("notices/read", notices.read, name="read_notices"),
    path("notices/open.json", open_list.newest, name="open_notices"),
    path("notices/open/texts.json", open_list.texts, name="open_texts"),
    path("notices/<uuid:notice_id>", notices.notice, name="notice"),
    path("notices/<uuid:notice_id>/coverage", notices.coverage, name="coverage"),
    path("notices/<uuid:notice_id>/end", notices.end, name="end_recall"),
    path("notices/<uuid:notice_id>/coverage.json", notices.coverage_json, name="coverage_json"),
    path("notices/<uuid:notice_id>/proof.json", notices.proof_json, name="proof_json"),
]
