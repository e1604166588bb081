"""What this part keeps: letters and answers, what people watch, what they want to be told of."""

from handslag_hub.asking.models.letters import Answer, AnswerAddress, AnswerReview, Letter, LetterItem, Says, Taken
from handslag_hub.asking.models.telling import FeedAddress, FeedKind, How, Subscription, Telling
from handslag_hub.asking.models.watching import NextDate, Note, Watch

__all__ = [
    "Answer",
    "AnswerAddress",
    "AnswerReview",
    "FeedAddress",
    "FeedKind",
    "How",
    "Letter",
    "LetterItem",
    "NextDate",
    "Note",
    "Says",
    "Subscription",
    "Taken",
    "Telling",
    "Watch",
]
