"""Who is who, as pure functions: names compared, identifiers checked, roles as of a day, a neighbourhood laid out."""
