"""Documents, passages, facts and statements; reviews, identity and conflicts."""
