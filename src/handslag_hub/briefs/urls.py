"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from handslag_hub.briefs.pages import agreements, briefs, coherence

urlpatterns = [
    path("briefs/", briefs.show_briefs, name="briefs"),
    path("briefs/themes/<str:theme>", briefs.show_theme, name="brief-theme"),
    path("briefs/<str:uid>", briefs.show_brief, name="brief"),
    path("briefs/<str:uid>/with/<str:other>", briefs.show_pair, name="brief-pair"),
    path("coherence/", coherence.show_coherence, name="coherence"),
    path("coherence/pairs", coherence.say_pair, name="coherence-pair"),
    path("coherence/<str:theme>/<str:level>", coherence.show_cell, name="coherence-cell"),
    path("themes/<str:theme>/heard", coherence.show_hearing, name="theme-heard"),
    path("placed/<str:what>", coherence.say_place, name="place"),
    path("agreements/<str:uid>", agreements.show_agreement, name="agreement"),
    path("agreements/<str:uid>/sheet", agreements.show_agreement_sheet, name="agreement-sheet"),
    path("agreements/<str:uid>/milestones/add", agreements.add_milestone, name="milestone-add"),
    path("milestones/<str:uid>", agreements.show_milestone, name="milestone"),
    path("milestones/<str:uid>/report", agreements.add_assessment, name="assessment-add"),
    path("milestones/<str:uid>/take-back", agreements.take_milestone_back, name="milestone-take-back"),
]
