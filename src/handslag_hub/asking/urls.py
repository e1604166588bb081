"""Addresses of this part. Those under `answer/` and `feeds/` open by the secret in them, and by nothing else."""

from __future__ import annotations

from django.urls import path

from handslag_hub.asking.pages import answering, choosing, feeds, letters, reviewing, telling, watching

urlpatterns = [
    path("letters/", letters.show_letters, name="letters"),
    path("letters/ask/<str:uid>", choosing.choose, name="ask"),
    path("letters/<str:uid>", letters.show_letter, name="letter"),
    path("letters/<str:uid>/language", letters.rewrite, name="letter-language"),
    path("letters/<str:uid>/finish", letters.finish, name="letter-finish"),
    path("letters/<str:uid>/sent", letters.note_sent, name="letter-sent"),
    path("letters/<str:uid>/mail", letters.mail, name="letter-mail"),
    path("letters/<str:uid>/withdraw", letters.withdraw, name="letter-withdraw"),
    path("letters/<str:uid>/remind", letters.remind_of, name="letter-remind"),
    path("letters/<str:uid>/enter", letters.enter, name="letter-enter"),
    path("answers/", reviewing.show_answers, name="answers"),
    path("answers/<int:key>/review", reviewing.review, name="answer-review"),
    path("answers/<int:key>/take-back", reviewing.take_back, name="answer-take-back"),
    path("answer/<str:secret>", answering.answer, name="answer"),
    path("feeds/<str:secret>/handslag.ics", feeds.give_calendar, name="calendar-feed"),
    path("feeds/<str:secret>/handslag.atom", feeds.give_news, name="news-feed"),
    path("watching/", watching.show_watching, name="watching"),
    path("watching/dates/<str:uid>", watching.change_date, name="next-date"),
    path("watching/notes/<int:key>/delete", watching.drop_note, name="note-delete"),
    path("watching/<str:about>/<str:uid>", watching.show_subject, name="watch"),
    path("watching/<str:about>/<str:uid>/watcher", watching.set_watch, name="watch-set"),
    path("watching/<str:about>/<str:uid>/note", watching.add_note, name="note-add"),
    path("watching/<str:about>/<str:uid>/date", watching.add_date, name="next-date-add"),
    path("watching/<str:about>/<str:uid>/subscribe", telling.set_subscription, name="subscribe"),
    path("news/", telling.show_news, name="news"),
    path("news/read", telling.read, name="news-read"),
    path("news/settings", telling.choose, name="news-settings"),
    path("news/address", telling.feed_address, name="feed-address"),
]
