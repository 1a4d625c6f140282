"""Verbs for people: parses, prints, decides nothing."""
