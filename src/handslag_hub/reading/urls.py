"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.reading import document_pages, fact_pages, pages, review_pages

urlpatterns = [
    path("documents/", pages.show_documents, name="documents"),
    path("documents/add", pages.show_add, name="add"),
    path("documents/added/<str:uid>", pages.show_batch, name="batch"),
    path("documents/near/<int:key>", pages.judge_near_copy, name="near-copy"),
    path("documents/<str:uid>/original", pages.download_original, name="original"),
    path("documents/<str:uid>/read-again", pages.read_document_again, name="read-again"),
    path("documents/<str:uid>", document_pages.show_document, name="document"),
    path("documents/<str:uid>/accept-certain", document_pages.accept_certain_on_page, name="document-accept-certain"),
    path("documents/<str:uid>/remove", document_pages.remove, name="document-remove"),
    path("documents/<str:uid>/add-again", document_pages.add_again, name="document-add-again"),
    path("documents/<str:uid>/visibility", document_pages.set_visibility, name="document-visibility"),
    path("review/", review_pages.show_review, name="review"),
    path("review/undo", review_pages.undo, name="review-undo"),
    path("review/accept-certain/<str:uid>", review_pages.accept_certain_and_go_on, name="review-accept-certain"),
    path("facts/<str:uid>", fact_pages.show_fact, name="fact"),
    path("facts/<str:uid>/review", review_pages.review, name="fact-review"),
    path("facts/<str:uid>/correct", review_pages.correct, name="fact-correct"),
    path("facts/<str:uid>/card", review_pages.show_card, name="fact-card"),
    path("facts/<str:uid>/take-over", review_pages.take_earlier, name="fact-take-over"),
]
