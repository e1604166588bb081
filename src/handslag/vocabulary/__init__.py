"""The vocabulary: word lists and labels as YAML, each in Swedish and English."""
