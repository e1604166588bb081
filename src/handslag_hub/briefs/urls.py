"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.briefs.pages import briefs

urlpatterns = [
    path("briefs/", briefs.show_briefs, name="briefs"),
    path("briefs/themes/<str:theme>", briefs.show_theme, name="brief-theme"),
    path("briefs/<str:uid>", briefs.show_brief, name="brief"),
    path("briefs/<str:uid>/with/<str:other>", briefs.show_pair, name="brief-pair"),
]
