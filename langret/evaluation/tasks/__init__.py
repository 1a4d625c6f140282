"""Tasks beyond ranking: translations, similarity, labels, summaries. Definitions are those of mteb.

``kinds`` says what each task measures and who can do it, ``answers`` asks a system, ``measure`` scores what it
answered.
"""
