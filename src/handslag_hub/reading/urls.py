"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.reading import pages

urlpatterns = [
    path("documents/", pages.show_documents, name="documents"),
    path("documents/add", pages.show_add, name="add"),
    path("documents/added/<str:uid>", pages.show_batch, name="batch"),
    path("documents/near/<int:key>", pages.judge_near_copy, name="near-copy"),
    path("documents/<str:uid>/original", pages.download_original, name="original"),
    path("documents/<str:uid>/add-again", pages.add_again, name="add-again"),
    path("documents/<str:uid>/read-again", pages.read_document_again, name="read-again"),
    path("documents/<str:uid>", pages.show_document, name="document"),
    path("review/", pages.show_review, name="review"),
    path("facts/<str:uid>", pages.show_fact, name="fact"),
]
