"""What each stage of a recipe does: the rooms' functions, applied to folders.

Everything heavy is imported inside the functions, so that a finished recipe imports none of it. A stage's result
depends on its own module here and on ``shared``, so that a change to how training is done mines nothing again.
"""
