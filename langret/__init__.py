"""langret: families of language-specific retrievers from one recipe file."""

__version__ = "0.1.0"
