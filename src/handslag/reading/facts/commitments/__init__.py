"""Commitments: what somebody has said, been told or agreed to do, how firmly, by when, and the words that say so."""
