"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.reading import pages

urlpatterns = [
    path("documents/", pages.show_documents, name="documents"),
    path("documents/add", pages.show_add, name="add"),
    path("documents/<str:uid>", pages.show_document, name="document"),
    path("review/", pages.show_review, name="review"),
    path("facts/<str:uid>", pages.show_fact, name="fact"),
]
