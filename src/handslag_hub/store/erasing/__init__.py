"""Erasing a person: the name becomes blocks everywhere, and is covered again wherever it comes back.

`services` erases, restricts and does it again after a restore; `guard` covers what is kept anew; `export` gives what is held.
"""
