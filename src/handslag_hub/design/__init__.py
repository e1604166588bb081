"""What all pages share: base template, style sheet, scripts."""
