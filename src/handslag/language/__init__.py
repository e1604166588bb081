"""Language: tokens, sentences, base forms, dates, numbers and cues, in Swedish and English."""
