"""Reading: documents go in, sourced facts come out."""
